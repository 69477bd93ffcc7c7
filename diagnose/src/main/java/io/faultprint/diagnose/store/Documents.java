package io.faultprint.diagnose.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnose.store.Document.Rule;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.id.Ids;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.pulse.Pulse;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The documents that a record becomes. Pure: the same record always becomes the same documents. */
public final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Indices indices;
    private final OnCallRows rows;

    public Documents(Run run) {
        this.indices = new Indices(run);
        this.rows = new OnCallRows(indices);
    }

    /**
     * The documents of a record; none for a type that is not indexed.
     *
     * @throws IllegalArgumentException when the record has a time that no index can be named from
     */
    public List<Document> of(SpecificRecord record) {
        if (record instanceof Snapshot snapshot) {
            return snapshot(snapshot);
        }
        if (record instanceof SignatureEntry entry) {
            // By event time and not by count: a count begins anew with each run, knowledge does not.
            return List.of(document(
                    indices.alias(Indices.SIGNATURES),
                    Ids.hash(entry.getEnvironment(), entry.getService(), entry.getId()),
                    Rule.NEWEST,
                    Math.max(0, entry.getLastSeen()),
                    AvroJson.write(entry)));
        }
        if (record instanceof Pulse pulse) {
            return List.of(pulse(pulse));
        }
        if (record instanceof Incident incident) {
            return incident(incident);
        }
        if (record instanceof Cluster cluster) {
            return List.of(document(
                    indices.alias(Indices.CLUSTERS),
                    cluster.getId(),
                    Rule.REVISION,
                    cluster.getRevision(),
                    AvroJson.write(cluster)));
        }
        if (record instanceof Diagnosis diagnosis) {
            return diagnosis(diagnosis);
        }
        return List.of();
    }

    /**
     * The row of an incident, with what the diagnosis of its cluster says, and a document for each of its hypotheses.
     *
     * @param diagnosis of the incident's cluster; null where there is none
     */
    public List<Document> row(Incident incident, @Nullable Diagnosis diagnosis) {
        return rows.of(incident, diagnosis);
    }

    private Document pulse(Pulse pulse) {
        ObjectNode json = AvroJson.write(pulse);
        // The reasons once more in words alone: of a list of objects Dashboards shows no columns.
        ArrayNode why = json.putArray("why");
        pulse.getReasons().forEach(reason -> why.add(reason.getMessage()));
        return document(
                indices.alias(Indices.PULSE),
                Ids.hash(pulse.getStage(), pulse.getInstance()),
                Rule.NEWEST,
                Math.max(0, pulse.getAt()),
                json);
    }

    private List<Document> snapshot(Snapshot snapshot) {
        List<Document> documents = new ArrayList<>();
        documents.add(once(
                indices.dated(Indices.SNAPSHOTS, snapshot.getWindowStart()),
                Ids.hash(snapshot.getEnvironment(), snapshot.getService(), Long.toString(snapshot.getWindowStart())),
                AvroJson.write(snapshot)));
        for (ChangeRef change : snapshot.getChanges()) {
            ObjectNode json = AvroJson.write(change);
            json.put("environment", snapshot.getEnvironment());
            // By all of it: a sender may give one id to several changes, and one change twice.
            documents.add(document(indices.alias(Indices.CHANGES), Ids.hash(text(json)), Rule.REVISION, 1, json));
        }
        return documents;
    }

    private List<Document> incident(Incident incident) {
        ObjectNode json = AvroJson.write(incident);
        List<Document> documents = new ArrayList<>();
        documents.add(once(
                indices.dated(Indices.INCIDENT_REVISIONS, incident.getAsOf()),
                incident.getId() + "-" + incident.getRevision(),
                json.deepCopy()));
        documents.add(document(
                indices.alias(Indices.INCIDENTS), incident.getId(), Rule.REVISION, incident.getRevision(), json));
        incident.getSurprises().forEach(surprise -> documents.add(surprise(incident, surprise)));
        return documents;
    }

    /** Each surprise as a document of its own: in a list of objects nobody can tell which score is whose. */
    private Document surprise(Incident incident, IncidentSurprise of) {
        ObjectNode json = AvroJson.write(of.getSurprise());
        json.put("incident", incident.getId())
                .put("environment", incident.getEnvironment())
                .put("service", of.getService())
                .put("firstWindow", of.getFirstWindow())
                .put("lastWindow", of.getLastWindow())
                .put("windows", of.getWindows())
                .put("around", Around.of(of.getService(), of.getFirstWindow(), of.getLastWindow()));
        String id = Ids.hash(
                incident.getId(),
                of.getService(),
                of.getSurprise().getKind().name(),
                of.getSurprise().getSubject());
        return document(indices.alias(Indices.SURPRISES), id, Rule.REVISION, incident.getRevision(), json);
    }

    private List<Document> diagnosis(Diagnosis diagnosis) {
        List<Document> documents = new ArrayList<>();
        documents.add(document(
                indices.alias(Indices.DIAGNOSES),
                diagnosis.getCluster(),
                Rule.REVISION,
                diagnosis.getRevision(),
                AvroJson.write(diagnosis)));
        if (diagnosis.getState() != DiagnosisState.CLAIMED) {
            for (Evidence evidence : diagnosis.getEvidence()) {
                ObjectNode json = AvroJson.write(evidence);
                json.put("environment", diagnosis.getEnvironment());
                json.put("cluster", diagnosis.getCluster());
                json.put("generation", diagnosis.getGeneration());
                json.put("incident", diagnosis.getIncident());
                json.put("asOf", diagnosis.getAsOf());
                documents.add(once(
                        indices.dated(Indices.EVIDENCE, diagnosis.getAsOf()),
                        diagnosis.getCluster() + "-" + diagnosis.getGeneration() + "-" + evidence.getId(),
                        json));
            }
        }
        return documents;
    }

    private static Document once(String index, String id, ObjectNode json) {
        return document(index, id, Rule.ONCE, 0, json);
    }

    static Document document(String index, String id, Rule rule, long version, ObjectNode json) {
        String hash = Ids.hash(text(json));
        json.put(Indices.CONTENT_HASH, hash);
        return new Document(index, id, rule, version, hash, text(json));
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
