package io.faultprint.diagnose.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.Question;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.rules.RulesEngine;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.snapshot.Direction;
import io.faultprint.time.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsultationTest {

    private static final Answer.Cost COST = new Answer.Cost(2, 100, 20);

    @Test
    void aModelThatIsRightIsNamedAndItsCostIsKept() throws InterruptedException {
        Claim claim = new Claim(
                CauseCategory.RESOURCE_CONNECTIONS,
                "cart",
                "SPAN_LATENCY GET /cart",
                Direction.UP,
                Records.START,
                null,
                List.of("E3", "E4"));

        Diagnosis settled = settle(new Answer.Proposed(List.of(claim), Optional.of("m"), COST));

        assertThat(settled.getState()).isEqualTo(DiagnosisState.DIAGNOSED);
        assertThat(settled.getEngine()).isEqualTo("stub");
        assertThat(settled.getModel()).isEqualTo("m");
        assertThat(settled.getModelCalls()).isEqualTo(2);
        assertThat(settled.getInputTokens()).isEqualTo(100);
        assertThat(settled.getHypotheses()).hasSize(1);
    }

    @Test
    void aModelThatInventsIsKeptAsRejectedAndRulesDiagnose() throws InterruptedException {
        Claim invented = new Claim(CauseCategory.LOAD, "payments", "nothing", Direction.UP, null, null, List.of("E99"));

        Diagnosis settled = settle(new Answer.Proposed(List.of(invented), Optional.of("m"), COST));

        assertThat(settled.getEngine()).isEqualTo("rules");
        assertThat(settled.getModelCalls()).isEqualTo(2);
        assertThat(settled.getSummary()).startsWith("The model's claims: 1, none borne out");
        assertThat(settled.getRejected().get(0).getRejectedBecause()).contains("E99");
        assertThat(settled.getHypotheses()).isNotEmpty();
    }

    @Test
    void aModelThatIsAwayIsSaidSoAndRulesDiagnose() throws InterruptedException {
        Diagnosis settled = settle(new Answer.Unavailable("HTTP 500", false, Optional.empty(), COST));

        assertThat(settled.getState()).isEqualTo(DiagnosisState.DIAGNOSED);
        assertThat(settled.getEngine()).isEqualTo("rules");
        assertThat(settled.getModel()).isNull();
        assertThat(settled.getSummary()).startsWith("No model answered (HTTP 500); diagnosed by rules. Most likely");
    }

    @Test
    void theSameClaimGivesTheSameRecordWhoeverOwnsIt() throws InterruptedException {
        Diagnosis one = consultation(Optional.empty()).settle(claim("one", Records.novel("inc1-1", "clu1-1")));
        Diagnosis two = consultation(Optional.empty()).settle(claim("two", Records.novel("inc1-1", "clu1-1")));

        assertThat(one).isEqualTo(two);
        assertThat(one.getDeadline()).isZero();
    }

    @Test
    void nothingToSayIsInconclusive() throws InterruptedException {
        Incident bare = Incident.newBuilder(Records.novel("inc1-1", "clu1-1"))
                .setCandidates(List.of())
                .setSurprises(List.of())
                .setSignatures(List.of())
                .build();

        Diagnosis settled = consultation(Optional.empty()).settle(claim("one", bare));

        assertThat(settled.getState()).isEqualTo(DiagnosisState.INCONCLUSIVE);
        assertThat(settled.getSummary()).startsWith("Inconclusive");
    }

    private static Diagnosis settle(Answer answer) throws InterruptedException {
        Engine stub = new Engine() {
            @Override
            public String name() {
                return "stub";
            }

            @Override
            public Answer ask(Question question) {
                return answer;
            }
        };
        return consultation(Optional.of(stub)).settle(claim("one", Records.novel("inc1-1", "clu1-1")));
    }

    private static Consultation consultation(Optional<Engine> model) {
        return new Consultation(model, new RulesEngine(), new ClaimCheck(20_000));
    }

    private static Diagnosis claim(String owner, Incident incident) {
        EvidenceBoard board = new EvidenceBoard(Windows.DEFAULT, new Redaction("test"));
        Decision decision = new ClaimLedger(owner, Duration.ofMinutes(5))
                .decide(incident, board::of, Instant.ofEpochMilli(Records.START));
        return ((Decision.Claim) decision).claim();
    }
}
