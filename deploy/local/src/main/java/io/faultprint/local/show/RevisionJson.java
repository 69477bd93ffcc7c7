package io.faultprint.local.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One incident revision as one JSON object in one line: what {@code replay --incidents} writes and {@code --json}
 * prints. Field names and their order are a promise to scripts; times are ISO-8601 in UTC, in event time.
 */
public final class RevisionJson {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RevisionJson() {}

    /** The line, without its end; {@code diagnosis} belongs on the last revision only. */
    public static String line(Incident incident, @Nullable Diagnosis diagnosis) {
        ObjectNode node = NODES.objectNode();
        node.put("incident", incident.getId());
        node.put("revision", incident.getRevision());
        node.put("asOf", iso(incident.getAsOf()));
        node.put("opened", iso(incident.getOpened()));
        node.put("started", iso(incident.getStarted()));
        node.put("ended", isoOrNull(incident.getEnded()));
        node.put("status", Words.plain(incident.getStatus()));
        node.put("mergedInto", incident.getMergedInto());
        node.put("cluster", incident.getCluster());
        node.put("novel", incident.getNovel());
        node.put("environment", incident.getEnvironment());
        ArrayNode services = node.putArray("services");
        incident.getServices().forEach(services::add);
        ArrayNode causes = node.putArray("rootCauses");
        incident.getCandidates().forEach(candidate -> causes.add(cause(candidate)));
        ArrayNode signatures = node.putArray("signatures");
        incident.getSignatures().forEach(signature -> signatures.add(signature(signature)));
        node.set(
                "diagnosis",
                diagnosis == null || diagnosis.getState() == DiagnosisState.CLAIMED ? null : diagnosis(diagnosis));
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can always be written", impossible);
        }
    }

    private static ObjectNode cause(Candidate candidate) {
        ObjectNode node = NODES.objectNode();
        node.put("service", candidate.getService());
        node.put("score", candidate.getScore());
        ArrayNode reasons = node.putArray("reasons");
        candidate.getReasons().forEach(reasons::add);
        return node;
    }

    private static ObjectNode signature(IncidentSignature signature) {
        ObjectNode node = NODES.objectNode();
        node.put("id", signature.getId());
        node.put("template", signature.getTemplate());
        node.put("service", signature.getService());
        node.put("count", signature.getCount());
        return node;
    }

    private static ObjectNode diagnosis(Diagnosis diagnosis) {
        ObjectNode node = NODES.objectNode();
        node.put("state", Words.plain(diagnosis.getState()));
        node.put("generation", diagnosis.getGeneration());
        node.put("incident", diagnosis.getIncident());
        node.put("engine", diagnosis.getEngine());
        node.put("model", diagnosis.getModel());
        node.put("modelCalls", diagnosis.getModelCalls());
        node.put("summary", diagnosis.getSummary());
        Map<String, String> facts = new TreeMap<>();
        for (Evidence evidence : diagnosis.getEvidence()) {
            facts.put(evidence.getId(), evidence.getText());
        }
        ArrayNode hypotheses = node.putArray("hypotheses");
        diagnosis.getHypotheses().forEach(hypothesis -> hypotheses.add(hypothesis(hypothesis, facts)));
        return node;
    }

    private static ObjectNode hypothesis(Hypothesis hypothesis, Map<String, String> facts) {
        ObjectNode node = NODES.objectNode();
        node.put("rank", hypothesis.getRank());
        node.put("confidence", hypothesis.getConfidence());
        node.put("category", Words.plain(hypothesis.getCategory()));
        node.put("service", hypothesis.getService());
        node.put("signal", hypothesis.getSignal());
        node.put("since", isoOrNull(hypothesis.getSince()));
        node.put("change", hypothesis.getChange());
        node.put("statement", hypothesis.getStatement());
        ArrayNode evidence = node.putArray("evidence");
        for (String id : hypothesis.getEvidence()) {
            evidence.addObject().put("id", id).put("text", facts.get(id));
        }
        ArrayNode checks = node.putArray("nextChecks");
        hypothesis.getNextChecks().forEach(checks::add);
        return node;
    }

    private static @Nullable String isoOrNull(@Nullable Long millis) {
        return millis == null ? null : iso(millis);
    }

    private static String iso(long millis) {
        return ISO.format(Instant.ofEpochMilli(millis));
    }
}
