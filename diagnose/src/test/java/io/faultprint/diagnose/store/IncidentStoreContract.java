package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.store.Outcome.Done;
import io.faultprint.diagnose.store.Outcome.Stale;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.topic.Run;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class IncidentStoreContract {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private Run run;
    private IncidentStore store;
    private Documents documents;

    abstract IncidentStore create(Run run);

    /** Makes what was written visible to searches. */
    abstract void refresh();

    @BeforeEach
    void open() {
        run = new Run("faultprint", "t" + RUNS.incrementAndGet());
        store = create(run);
        documents = new Documents(run);
        store.prepare();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void preparingTwiceIsPreparingOnce() {
        write(Records.incident("inc1-1", 1).build());

        store.prepare();

        assertThat(store.incident("inc1-1")).isPresent();
    }

    @Test
    void aRecordComesBackAsItWas() {
        Incident incident = Records.novel("inc1-1", "clu1-1");
        write(incident);
        write(Records.cluster("clu1-1", 1, 1, "inc1-1"));
        write(diagnosis("clu1-1", 2));
        refresh();

        IncidentView view = store.incident("inc1-1").orElseThrow();

        assertThat(view.incident()).isEqualTo(incident);
        assertThat(view.cluster()).contains(Records.cluster("clu1-1", 1, 1, "inc1-1"));
        assertThat(view.diagnosis()).contains(diagnosis("clu1-1", 2));
        assertThat(view.revisions()).containsExactly(incident);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.incident("inc1-none")).isEmpty();
        assertThat(store.diagnosis("clu1-none")).isEmpty();
        assertThat(store.incidents(IncidentQuery.newest(10))).isEmpty();
    }

    @Test
    void theHigherRevisionStaysWhateverComesLast() {
        Incident second = Records.incident("inc1-1", 2).setTitle("later").build();
        Incident first = Records.incident("inc1-1", 1).build();

        assertThat(write(second)).allMatch(Done.class::isInstance);
        assertThat(write(first)).allMatch(Done.class::isInstance);
        refresh();

        IncidentView view = store.incident("inc1-1").orElseThrow();
        assertThat(view.incident()).isEqualTo(second);
        assertThat(view.revisions()).containsExactly(first, second);
    }

    @Test
    void theSameRecordTwiceIsDoneTwice() {
        for (SpecificRecord record : List.of(
                Records.novel("inc1-1", "clu1-1"),
                Records.cluster("clu1-1", 1, 1, "inc1-1"),
                diagnosis("clu1-1", 2),
                Records.snapshot("cart", Records.START),
                Records.signature("sig1-1", Records.START, 3))) {
            assertThat(write(record)).allMatch(Done.class::isInstance);
            assertThat(write(record)).allMatch(Done.class::isInstance);
        }
    }

    @Test
    void whicheverOfIncidentAndDiagnosisComesLastMakesTheSameRow() {
        Incident incident = Records.novel("inc1-1", "clu1-1");
        Incident other = Records.novel("inc1-2", "clu1-2");
        write(other);
        write(incident);
        List<Document> alone = store.rows(List.of(incident), List.of());
        write(diagnosis("clu1-1", 2));

        List<Document> ofDiagnosis = store.rows(List.of(), List.of(diagnosis("clu1-1", 2)));
        List<Document> ofIncident = store.rows(List.of(incident), List.of());

        assertThat(ofDiagnosis).isNotEmpty().isEqualTo(ofIncident);
        assertThat(alone.get(0).version()).isLessThan(ofIncident.get(0).version());
        assertThat(store.write(ofIncident)).allMatch(Done.class::isInstance);
        assertThat(store.write(alone)).allMatch(Done.class::isInstance);
        assertThat(store.write(ofDiagnosis)).allMatch(Done.class::isInstance);
        assertThat(store.rows(List.of(), List.of(diagnosis("clu1-none", 2)))).isEmpty();
    }

    @Test
    void anotherContentUnderTheSameRevisionIsStale() {
        Incident first = Records.incident("inc1-1", 1).build();
        write(first);

        List<Outcome> outcomes =
                write(Records.incident("inc1-1", 1).setTitle("another").build());

        // The incident and its revision; its surprises are the same.
        assertThat(outcomes).filteredOn(Stale.class::isInstance).hasSize(2);
        assertThat(store.incident("inc1-1").orElseThrow().incident()).isEqualTo(first);
    }

    @Test
    void anotherSnapshotOfTheSameWindowIsStale() {
        write(Records.snapshot("cart", Records.START));

        List<Outcome> outcomes = store.write(
                documents.of(io.faultprint.snapshot.Snapshot.newBuilder(Records.snapshot("cart", Records.START))
                        .setLogs(101)
                        .build()));

        assertThat(outcomes).singleElement().isInstanceOf(Stale.class);
    }

    @Test
    void aSignatureThatWidensInTheSameMillisecondIsTakenOver() {
        write(Records.signature("sig1-1", Records.START, 3));

        assertThat(write(Records.signature("sig1-1", Records.START, 4))).allMatch(Done.class::isInstance);
        assertThat(write(Records.signature("sig1-1", Records.START - 1, 2))).allMatch(Done.class::isInstance);
    }

    @Test
    void outcomesStandInTheOrderOfTheirDocuments() {
        write(Records.snapshot("b", Records.START));
        List<Document> batch = List.of(
                documents.of(Records.snapshot("a", Records.START)).get(0),
                documents
                        .of(io.faultprint.snapshot.Snapshot.newBuilder(Records.snapshot("b", Records.START))
                                .setLogs(7)
                                .build())
                        .get(0),
                documents.of(Records.snapshot("c", Records.START)).get(0));

        assertThat(store.write(batch))
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Done", "Stale", "Done");
    }

    @Test
    void incidentsAreListedNewestFirstAndFiltered() {
        write(Records.incident("inc1-a", 1).setOpened(1_000).build());
        write(Records.incident("inc1-b", 1)
                .setOpened(3_000)
                .setStatus(IncidentStatus.RESOLVED)
                .build());
        write(Records.incident("inc1-c", 1)
                .setOpened(2_000)
                .setEnvironment("staging")
                .build());
        refresh();

        assertThat(ids(IncidentQuery.newest(10))).containsExactly("inc1-b", "inc1-c", "inc1-a");
        assertThat(ids(IncidentQuery.newest(1))).containsExactly("inc1-b");
        assertThat(ids(query(Optional.empty(), Optional.of(IncidentStatus.OPEN), OptionalLong.empty())))
                .containsExactly("inc1-c", "inc1-a");
        assertThat(ids(query(Optional.empty(), Optional.empty(), OptionalLong.of(2_000))))
                .containsExactly("inc1-b", "inc1-c");
        assertThat(ids(query(Optional.of("staging"), Optional.empty(), OptionalLong.empty())))
                .containsExactly("inc1-c");
    }

    @Test
    void aClaimIsReplacedByItsDiagnosis() {
        write(diagnosis("clu1-1", 1, DiagnosisState.CLAIMED));
        write(diagnosis("clu1-1", 2));

        assertThat(store.diagnosis("clu1-1").orElseThrow().getState()).isEqualTo(DiagnosisState.DIAGNOSED);
    }

    @Test
    void oldDaysAreDeletedAndOnlyThose() {
        long day = 86_400_000L;
        write(Records.snapshot("cart", Records.START - 40 * day));
        write(Records.snapshot("cart", Records.START));
        write(Records.incident("inc1-1", 1).build());

        List<String> deleted = store.deleteBefore(LocalDate.parse("2026-11-01"));

        assertThat(deleted).containsExactly(run.index("snapshots") + "-2026.10.13");
        assertThat(store.incident("inc1-1")).isPresent();
        assertThat(store.deleteBefore(LocalDate.parse("2026-11-01"))).isEmpty();
    }

    IncidentStore store() {
        return store;
    }

    Documents documents() {
        return documents;
    }

    Run run() {
        return run;
    }

    private List<String> ids(IncidentQuery query) {
        return store.incidents(query).stream().map(Incident::getId).toList();
    }

    private static IncidentQuery query(
            Optional<String> environment, Optional<IncidentStatus> status, OptionalLong since) {
        return new IncidentQuery(environment, status, since, 10);
    }

    List<Outcome> write(SpecificRecord record) {
        return store.write(documents.of(record));
    }

    private static Diagnosis diagnosis(String cluster, int revision) {
        return diagnosis(cluster, revision, DiagnosisState.DIAGNOSED);
    }

    private static Diagnosis diagnosis(String cluster, int revision, DiagnosisState state) {
        return Diagnosis.newBuilder()
                .setCluster(cluster)
                .setGeneration(1)
                .setEnvironment(Records.ENVIRONMENT)
                .setIncident("inc1-1")
                .setRevision(revision)
                .setState(state)
                .setAttempt(1)
                .setOwner("")
                .setDeadline(0)
                .setEngine("rules")
                .setAsOf(Records.START)
                .setSummary("Too few connections.")
                .setEvidence(List.of(Evidence.newBuilder()
                        .setId("E1")
                        .setKind(EvidenceKind.SURPRISE)
                        .setService("cart")
                        .setSignal("SPAN_LATENCY GET /cart")
                        .setTime(Records.START)
                        .setScore(7.5)
                        .setText("cart, latency")
                        .build()))
                .build();
    }
}
