package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.pulse.Pulse;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** A field that a record has and its mapping has not would be stored and could not be searched. */
class MappingTest {

    @Test
    void everyFieldOfEveryRecordIsMapped() throws IOException {
        for (Map.Entry<String, Schema> entry : Map.of(
                        Indices.PULSE, Pulse.getClassSchema(),
                        Indices.INCIDENTS, Incident.getClassSchema(),
                        Indices.INCIDENT_REVISIONS, Incident.getClassSchema(),
                        Indices.CLUSTERS, Cluster.getClassSchema(),
                        Indices.DIAGNOSES, Diagnosis.getClassSchema(),
                        Indices.SIGNATURES, SignatureEntry.getClassSchema(),
                        Indices.SNAPSHOTS, Snapshot.getClassSchema(),
                        Indices.EVIDENCE, Evidence.getClassSchema())
                .entrySet()) {
            JsonNode mapping = new ObjectMapper().readTree(Indices.mapping(entry.getKey()));

            compare(entry.getValue(), mapping, entry.getKey());
            assertThat(mapping.at("/properties/contentHash/type").asText()).isEqualTo("keyword");
        }
    }

    private static void compare(Schema schema, JsonNode mapping, String where) {
        Schema type = plain(schema);
        if (type.getType() != Schema.Type.RECORD) {
            assertThat(mapping.path("type").asText()).as(where).isNotEmpty();
            return;
        }
        for (Schema.Field field : type.getFields()) {
            JsonNode property = mapping.path("properties").path(field.name());
            assertThat(property.isMissingNode()).as(where + "." + field.name()).isFalse();
            compare(field.schema(), property, where + "." + field.name());
        }
    }

    private static Schema plain(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> plain(schema.getElementType());
            case UNION ->
                plain(schema.getTypes().stream()
                        .filter(it -> it.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
            default -> schema;
        };
    }
}
