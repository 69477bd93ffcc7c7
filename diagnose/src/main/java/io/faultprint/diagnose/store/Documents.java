package io.faultprint.diagnose.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnose.store.Document.Rule;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.id.Ids;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.pulse.Pulse;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The documents that a record becomes. Pure: the same record always becomes the same documents. */
public final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Indices indices;

    public Documents(Run run) {
        this.indices = new Indices(run);
    }

    /**
     * The documents of a record; none for a type that is not indexed.
     *
     * @throws IllegalArgumentException when the record has a time that no index can be named from
     */
    public List<Document> of(SpecificRecord record) {
        if (record instanceof Snapshot snapshot) {
            return List.of(once(
                    indices.dated(Indices.SNAPSHOTS, snapshot.getWindowStart()),
                    Ids.hash(
                            snapshot.getEnvironment(), snapshot.getService(), Long.toString(snapshot.getWindowStart())),
                    AvroJson.write(snapshot)));
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
            return List.of(document(
                    indices.alias(Indices.PULSE),
                    Ids.hash(pulse.getStage(), pulse.getInstance()),
                    Rule.NEWEST,
                    Math.max(0, pulse.getAt()),
                    AvroJson.write(pulse)));
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

    private List<Document> incident(Incident incident) {
        ObjectNode json = AvroJson.write(incident);
        return List.of(
                once(
                        indices.dated(Indices.INCIDENT_REVISIONS, incident.getAsOf()),
                        incident.getId() + "-" + incident.getRevision(),
                        json.deepCopy()),
                document(
                        indices.alias(Indices.INCIDENTS),
                        incident.getId(),
                        Rule.REVISION,
                        incident.getRevision(),
                        json));
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

    private static Document document(String index, String id, Rule rule, long version, ObjectNode json) {
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
