package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnose.store.Document.Rule;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An incident with what its cluster's diagnosis says, for who looks and cannot join: one row for the incident, and one
 * for each hypothesis. Pure; a row's version grows with either revision, so that whoever writes last the same row stays.
 */
final class OnCallRows {

    /** Revisions of a diagnosis end below this ({@code RecordChecks}). */
    private static final int DIAGNOSIS_BITS = 20;

    private final Indices indices;

    OnCallRows(Indices indices) {
        this.indices = indices;
    }

    /** The row and its hypotheses; the diagnosis is of the incident's cluster, null where there is none. */
    List<Document> of(Incident incident, @Nullable Diagnosis diagnosis) {
        List<Document> rows = new ArrayList<>();
        rows.add(row(incident, diagnosis));
        if (diagnosis != null && diagnosis.getState() != DiagnosisState.CLAIMED) {
            Map<String, String> facts = new TreeMap<>();
            diagnosis.getEvidence().forEach(fact -> facts.put(fact.getId(), words(fact)));
            diagnosis.getHypotheses().forEach(it -> rows.add(hypothesis(incident, diagnosis, it, facts, true)));
            diagnosis.getRejected().forEach(it -> rows.add(hypothesis(incident, diagnosis, it, facts, false)));
        }
        return rows;
    }

    private Document row(Incident incident, @Nullable Diagnosis diagnosis) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("incident", incident.getId())
                .put("revision", incident.getRevision())
                .put("environment", incident.getEnvironment())
                .put("status", incident.getStatus().name())
                .put("opened", incident.getOpened())
                .put("asOf", incident.getAsOf())
                .put("started", incident.getStarted());
        set(row, "ended", incident.getEnded());
        row.put("title", incident.getTitle()).put("severity", incident.getSeverity());
        list(row, "services", incident.getServices());
        set(row, "cluster", incident.getCluster());
        row.put("novel", incident.getNovel())
                .put("settled", incident.getSettled())
                .put("occurrence", incident.getOccurrence())
                .put("seen", seen(incident));
        set(row, "previous", incident.getPrevious());
        if (!incident.getCandidates().isEmpty()) {
            candidate(row, incident.getCandidates().get(0));
        }
        row.put("around", around(incident));
        if (diagnosis != null) {
            diagnosis(row, diagnosis);
        }
        long version =
                ((long) incident.getRevision() << DIAGNOSIS_BITS) | (diagnosis == null ? 0 : diagnosis.getRevision());
        return Documents.document(indices.alias(Indices.ONCALL), incident.getId(), Rule.REVISION, version, row);
    }

    /** Of where it likely started, from its first sign to its end. */
    private static String around(Incident incident) {
        @Nullable
        String service = incident.getCandidates().isEmpty()
                ? null
                : incident.getCandidates().get(0).getService();
        long from = Math.min(incident.getStarted(), incident.getOpened());
        return Around.of(service, from, incident.getStatus() == IncidentStatus.OPEN ? null : end(incident));
    }

    private static long end(Incident incident) {
        @Nullable Long ended = incident.getEnded();
        return ended == null ? incident.getAsOf() : ended;
    }

    /** In words, because it is the first thing that is asked; an incident without a cluster is undecided. */
    private static String seen(Incident incident) {
        if (incident.getCluster() == null) {
            return "not known yet";
        }
        String provisional = incident.getSettled() ? "" : " (may change)";
        int before = incident.getOccurrence() - 1;
        if (incident.getNovel() || before < 1) {
            return "new" + provisional;
        }
        return (before == 1 ? "seen once" : "seen " + before + " times") + provisional;
    }

    private static void candidate(ObjectNode row, Candidate first) {
        row.put("candidate", first.getService())
                .put("candidateSignal", first.getSignal())
                .put("candidateScore", first.getScore())
                .put("candidateSince", first.getSince());
        set(row, "candidateChange", first.getChange());
        list(row, "candidateReasons", first.getReasons());
    }

    private static void diagnosis(ObjectNode row, Diagnosis diagnosis) {
        row.put("diagnosisState", diagnosis.getState().name()).put("diagnosisRevision", diagnosis.getRevision());
        if (diagnosis.getState() == DiagnosisState.CLAIMED) {
            return;
        }
        row.put("engine", diagnosis.getEngine()).put("diagnosedFrom", diagnosis.getIncident());
        if (diagnosis.getHypotheses().isEmpty()) {
            row.put("diagnosis", diagnosis.getSummary());
            return;
        }
        Hypothesis first = diagnosis.getHypotheses().get(0);
        row.put("diagnosis", first.getStatement())
                .put("confidence", first.getConfidence())
                .put("category", first.getCategory().name());
        list(row, "nextChecks", first.getNextChecks());
    }

    private Document hypothesis(
            Incident incident, Diagnosis diagnosis, Hypothesis hypothesis, Map<String, String> facts, boolean stands) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("incident", incident.getId())
                .put("opened", incident.getOpened())
                .put("environment", incident.getEnvironment())
                .put("cluster", diagnosis.getCluster())
                .put("generation", diagnosis.getGeneration())
                .put("stands", stands)
                .put("engine", diagnosis.getEngine())
                .put("diagnosedFrom", diagnosis.getIncident());
        json.setAll(AvroJson.write(hypothesis));
        list(
                json,
                "because",
                hypothesis.getEvidence().stream()
                        .map(id -> facts.getOrDefault(id, id))
                        .toList());
        String id = incident.getId() + "-" + diagnosis.getGeneration() + (stands ? "-" : "-rejected-")
                + hypothesis.getRank();
        // Of the incident it has only what never changes, so the diagnosis alone gives the version.
        return Documents.document(indices.alias(Indices.HYPOTHESES), id, Rule.REVISION, diagnosis.getRevision(), json);
    }

    private static String words(Evidence fact) {
        return fact.getId() + ": " + fact.getText();
    }

    private static void set(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void set(ObjectNode node, String name, @Nullable Long value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void list(ObjectNode node, String name, List<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
    }
}
