package io.faultprint.diagnose.rules;

import static io.faultprint.diagnose.Records.START;
import static io.faultprint.diagnose.Records.candidate;
import static io.faultprint.diagnose.Records.change;
import static io.faultprint.diagnose.Records.surprise;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.check.Checked;
import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Question;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.event.ChangeKind;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.time.Windows;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From incident to checked hypotheses, without a model. */
class RulesEngineTest {

    @Test
    void aPoolThatIsExhaustedIsTooFewConnections() {
        Hypothesis first = diagnose(Records.novel("inc1-1", "clu1-1")).get(0);

        assertThat(first.getCategory()).isEqualTo(CauseCategory.RESOURCE_CONNECTIONS);
        assertThat(first.getService()).isEqualTo("cart");
        assertThat(first.getSince()).isEqualTo(START);
        assertThat(first.getEvidence()).contains("E4", "E6");
        assertThat(first.getStatement()).contains("HikariPool");
        assertThat(first.getConfidence()).isBetween(0.4, 0.9);
    }

    @Test
    void aDeployJustBeforeIsTheFirstHypothesis() {
        Incident incident = Records.incident("inc1-1", 1)
                .setChanges(List.of(change("chg-1", "cart", START - 30_000, ChangeKind.DEPLOY)))
                .build();

        List<Hypothesis> hypotheses = diagnose(incident);

        assertThat(hypotheses.get(0).getCategory()).isEqualTo(CauseCategory.CODE_CHANGE);
        assertThat(hypotheses.get(0).getChange()).isEqualTo("chg-1");
        assertThat(hypotheses).extracting(Hypothesis::getCategory).contains(CauseCategory.RESOURCE_CONNECTIONS);
    }

    @Test
    void aChangeAfterTheOnsetOrElsewhereIsNoCause() {
        Incident incident = Records.incident("inc1-1", 1)
                .setChanges(List.of(
                        change("chg-1", "cart", START + 60_000, ChangeKind.DEPLOY),
                        change("chg-2", "payments", START - 30_000, ChangeKind.DEPLOY),
                        change("chg-3", "cart", START - 7_200_000, ChangeKind.DEPLOY)))
                .build();

        assertThat(diagnose(incident)).extracting(Hypothesis::getCategory).doesNotContain(CauseCategory.CODE_CHANGE);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.OutOfMemoryError: Java heap space, RESOURCE_MEMORY",
        "write failed: no space left on device, RESOURCE_DISK",
        "accept: too many open files, RESOURCE_FILE_HANDLES",
        "java.net.UnknownHostException: inventory.internal, NETWORK_DNS",
        "x509: certificate has expired or is not yet valid, CERTIFICATE_OR_CREDENTIAL",
        "deadlock detected while updating orders, DATA_OR_QUERY",
        "cannot deserialize message at offset <num>, MESSAGE_POISON",
        "Back-off restarting failed container, SCHEDULING_OR_RESTART",
        "calling api.bank.example timed out after <num>ms, DEPENDENCY_EXTERNAL",
    })
    void whatALineSaysNamesTheCause(String line, CauseCategory category) {
        Incident incident = of(surprise("orders", SurpriseKind.NEW_SIGNATURE, "sig1-1", line, Direction.NEW, 6, START));

        assertThat(diagnose(incident).get(0).getCategory()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "process.cpu.utilization, RESOURCE_CPU",
        "jvm.memory.used{pool=old}, RESOURCE_MEMORY",
        "db.client.connections.usage, RESOURCE_CONNECTIONS",
        "system.filesystem.usage, RESOURCE_DISK",
        "k8s.container.restarts, SCHEDULING_OR_RESTART",
    })
    void aMetricOutsideItsForecastNamesTheCause(String series, CauseCategory category) {
        Incident incident = of(surprise("orders", SurpriseKind.METRIC, series, series, Direction.UP, 6, START));

        assertThat(diagnose(incident).get(0).getCategory()).isEqualTo(category);
    }

    @Test
    void moreThroughputBeforeAllElseIsLoad() {
        Incident incident = of(
                surprise("orders", SurpriseKind.SPAN_THROUGHPUT, "GET /", "GET /", Direction.UP, 6, START),
                surprise("orders", SurpriseKind.SPAN_LATENCY, "GET /", "GET /", Direction.UP, 5, START + 30_000));

        assertThat(diagnose(incident).get(0).getCategory()).isEqualTo(CauseCategory.LOAD);
    }

    @Test
    void aLineThatNamesAnOddServiceBlamesThatService() {
        Incident incident = of(
                surprise(
                        "orders",
                        SurpriseKind.NEW_SIGNATURE,
                        "sig1-1",
                        "calling inventory: upstream timed out",
                        Direction.NEW,
                        5,
                        START),
                surprise("inventory", SurpriseKind.SPAN_LATENCY, "GET /", "GET /", Direction.UP, 6, START));

        assertThat(diagnose(incident)).anySatisfy(it -> {
            assertThat(it.getCategory()).isEqualTo(CauseCategory.DEPENDENCY_INTERNAL);
            assertThat(it.getService()).isEqualTo("inventory");
        });
    }

    @Test
    void weakEvidenceIsInconclusive() {
        assertThat(diagnose(of(surprise("orders", SurpriseKind.METRIC, "m", "m", Direction.UP, 1, START))))
                .isEmpty();
        assertThat(diagnose(Records.incident("inc1-1", 1)
                        .setCandidates(List.of())
                        .setSurprises(List.of())
                        .build()))
                .isEmpty();
    }

    @Test
    void whatTheRulesClaimTheCheckNeverRefusesForItsFields() {
        List<Evidence> evidence = board().of(Records.incident("inc1-1", 1)
                .setChanges(List.of(change("chg-1", "cart", START - 30_000, ChangeKind.FEATURE_FLAG)))
                .build());

        assertThat(check(evidence).rejected())
                .allSatisfy(it -> assertThat(it.getRejectedBecause()).startsWith("too weak"));
    }

    private static Incident of(IncidentSurprise... surprises) {
        IncidentSurprise first = surprises[0];
        return Records.incident("inc1-1", 1)
                .setCandidates(List.of(candidate(
                        first.getService(),
                        first.getSurprise().getKind(),
                        first.getSurprise().getSubject(),
                        0.8,
                        START)))
                .setSurprises(Arrays.asList(surprises))
                .setSignatures(List.of())
                .build();
    }

    private static List<Hypothesis> diagnose(Incident incident) {
        return check(board().of(incident)).standing();
    }

    private static Checked check(List<Evidence> evidence) {
        Answer answer = new RulesEngine().ask(new Question("shop", "clu1-1", 1, "inc1-1", START, evidence));
        return new ClaimCheck(20_000).check(((Answer.Proposed) answer).claims(), evidence);
    }

    private static EvidenceBoard board() {
        return new EvidenceBoard(Windows.DEFAULT, new Redaction("test"));
    }
}
