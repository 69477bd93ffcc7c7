package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnose.Records;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.event.ChangeKind;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.letter.Letter;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OnCallRowsTest {

    private final Documents documents = new Documents(Run.MAIN);

    @Test
    void theRowSaysWhatFailsWhetherItWasSeenAndWhatTheDiagnosisIs() throws IOException {
        Document row = documents
                .row(Records.repeat("inc1-2", "clu1-1", "inc1-1"), diagnosis(2, DiagnosisState.DIAGNOSED))
                .get(0);

        JsonNode json = json(row);
        assertThat(json.path("seen").asText()).isEqualTo("seen once");
        assertThat(json.path("candidate").asText()).isEqualTo("cart");
        assertThat(json.path("diagnosis").asText()).isEqualTo("cart has too few connections");
        assertThat(json.path("confidence").asDouble()).isEqualTo(0.6);
        assertThat(json.path("diagnosedFrom").asText()).isEqualTo("inc1-1");
    }

    @Test
    void anIncidentWithoutAClusterIsNotSaidToBeNew() throws IOException {
        Incident young = Records.incident("inc1-1", 1).build();

        assertThat(json(documents.row(young, null).get(0)).path("seen").asText())
                .isEqualTo("not known yet");
        assertThat(json(documents.row(Records.novel("inc1-1", "clu1-1"), null).get(0))
                        .path("seen")
                        .asText())
                .isEqualTo("new");
    }

    @Test
    void whatIsBeingDiagnosedHasAStateAndNoHypotheses() throws IOException {
        List<Document> made = documents.row(Records.novel("inc1-1", "clu1-1"), diagnosis(1, DiagnosisState.CLAIMED));

        assertThat(made).hasSize(1);
        assertThat(json(made.get(0)).path("diagnosisState").asText()).isEqualTo("CLAIMED");
        assertThat(json(made.get(0)).has("diagnosis")).isFalse();
    }

    @Test
    void eitherRevisionMakesTheRowNewerAndTheIncidentsCountsMore() {
        Incident second = Records.incident("inc1-1", 2).setCluster("clu1-1").build();
        Incident first = Records.novel("inc1-1", "clu1-1");

        assertThat(List.of(
                        version(first, null),
                        version(first, diagnosis(1, DiagnosisState.CLAIMED)),
                        version(first, diagnosis(1_000_000, DiagnosisState.DIAGNOSED)),
                        version(second, null)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void anIncidentThatInheritsItsDiagnosisHasTheHypothesesWithTheirReasons() throws IOException {
        List<Document> made =
                documents.row(Records.repeat("inc1-2", "clu1-1", "inc1-1"), diagnosis(2, DiagnosisState.DIAGNOSED));

        assertThat(made).extracting(Document::id).containsExactly("inc1-2", "inc1-2-1-1", "inc1-2-1-rejected-1");
        JsonNode stands = json(made.get(1));
        assertThat(stands.path("because").get(0).asText()).isEqualTo("E1: cart, latency of GET /cart up");
        assertThat(stands.path("stands").asBoolean()).isTrue();
        assertThat(json(made.get(2)).path("stands").asBoolean()).isFalse();
    }

    /** A field that is not mapped is kept and never found; one that is mapped and never written is a promise not kept. */
    @Test
    void whatIsWrittenAndWhatIsMappedAreTheSameFields() throws IOException {
        for (String name : List.of(
                Indices.ONCALL,
                Indices.HYPOTHESES,
                Indices.SURPRISES,
                Indices.CHANGES,
                Indices.TICKS,
                Indices.DEAD_LETTERS)) {
            Set<String> mapped = new TreeSet<>();
            new ObjectMapper()
                    .readTree(Indices.mapping(name))
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(mapped::add);
            Set<String> written = new TreeSet<>();
            for (Document document : everything()) {
                if (document.index().matches("faultprint-" + name + "(-\\d{4}\\.\\d\\d\\.\\d\\d)?")) {
                    json(document).fieldNames().forEachRemaining(written::add);
                }
            }
            assertThat(written).as(name).isNotEmpty().isEqualTo(mapped);
        }
    }

    private List<Document> everything() {
        Incident repeat = Records.repeat("inc1-2", "clu1-1", "inc1-1");
        IncidentSurprise surprise = repeat.getSurprises().get(0);
        Incident incident = Incident.newBuilder(repeat)
                .setEnded(Records.START + 60_000)
                .setCandidates(
                        List.of(Candidate.newBuilder(repeat.getCandidates().get(0))
                                .setChange("c1")
                                .build()))
                .setSurprises(List.of(IncidentSurprise.newBuilder(surprise)
                        .setSurprise(Surprise.newBuilder(surprise.getSurprise())
                                .setTraceId("t")
                                .build())
                        .build()))
                .build();
        Snapshot snapshot = Snapshot.newBuilder(Records.snapshot("cart", Records.START))
                .setChanges(List.of(Records.change("c1", "cart", Records.START, ChangeKind.DEPLOY)))
                .build();
        RecordHeaders headers = new RecordHeaders();
        for (String name : List.of(
                Letter.STAGE,
                Letter.CAUSE,
                Letter.MESSAGE,
                Letter.TOPIC,
                Letter.PARTITION,
                Letter.OFFSET,
                Letter.TIME,
                Letter.DOOR,
                Letter.PLACE,
                Letter.REDRIVEN_COUNT)) {
            Letter.add(headers, name, "1");
        }
        LedgerDocuments ledger = new LedgerDocuments(Run.MAIN);
        List<Document> all = new ArrayList<>(documents.row(incident, diagnosis(2, DiagnosisState.DIAGNOSED)));
        all.addAll(documents.of(incident));
        all.addAll(documents.of(snapshot));
        all.addAll(ledger.tick(
                new Tick(
                        0,
                        4,
                        10_000L,
                        true,
                        false,
                        List.of(new LossCount("logs", 1L, 1L, 0L, 0L, 0L, 0L)),
                        0,
                        1,
                        List.of()),
                0,
                10_000));
        all.addAll(ledger.letter(0, 0, 10_000, headers, 1, text -> text));
        return all;
    }

    private long version(Incident incident, @Nullable Diagnosis diagnosis) {
        return documents.row(incident, diagnosis).get(0).version();
    }

    private static Diagnosis diagnosis(int revision, DiagnosisState state) {
        return Diagnosis.newBuilder()
                .setCluster("clu1-1")
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
                .setHypotheses(List.of(hypothesis("cart has too few connections", null)))
                .setRejected(List.of(hypothesis("frontend is to blame", "E1 is about cart")))
                .setEvidence(List.of(Evidence.newBuilder()
                        .setId("E1")
                        .setKind(EvidenceKind.SURPRISE)
                        .setText("cart, latency of GET /cart up")
                        .build()))
                .build();
    }

    private static Hypothesis hypothesis(String statement, @Nullable String rejectedBecause) {
        return Hypothesis.newBuilder()
                .setRank(1)
                .setCategory(CauseCategory.RESOURCE_CONNECTIONS)
                .setService("cart")
                .setSignal("SPAN_LATENCY GET /cart")
                .setDirection(Direction.UP)
                .setSince(Records.START)
                .setChange("c1")
                .setStatement(statement)
                .setConfidence(0.6)
                .setEvidence(List.of("E1"))
                .setNextChecks(List.of("pool size"))
                .setRejectedBecause(rejectedBecause)
                .build();
    }

    private static JsonNode json(Document document) throws IOException {
        return new ObjectMapper().readTree(document.json());
    }
}
