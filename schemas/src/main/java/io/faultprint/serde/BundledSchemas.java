package io.faultprint.serde;

import io.faultprint.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The catalogue of schemas that travels inside the jar, for local mode and for state stores. An id is
 * {@code 0x40000000} with the low 30 bits of the schema's CRC-64-AVRO fingerprint (Avro specification, "Schema
 * Fingerprints"): far above what a registry hands out, so the two can stand in one topic. Every version that was ever
 * committed stays readable.
 */
public final class BundledSchemas implements SchemaIds {

    /** Set in every bundled id; no registry counts this far. */
    public static final int BASE = 0x40000000;

    private final Map<Integer, Schema> byId = new HashMap<>();
    /** A fingerprint costs a walk over the whole schema: too much for each record. */
    private final Map<Schema, Integer> known = new ConcurrentHashMap<>();

    private BundledSchemas() {}

    /** The schemas of all topics. */
    public static BundledSchemas ofTopics() {
        return ofTopicsAnd(List.of());
    }

    /** The schemas of all topics, and these of a stage's own state. */
    public static BundledSchemas ofTopicsAnd(Collection<Class<? extends SpecificRecord>> state) {
        // The current schemas come first: a version that differs from one only in defaults has its id.
        Stream<Schema> current = Stream.concat(Topics.recordTypes().stream(), state.stream())
                .map(type -> SpecificData.get().getSchema(type));
        return of(Stream.concat(current, SchemaHistory.all().stream()).toList());
    }

    static BundledSchemas of(List<Schema> schemas) {
        BundledSchemas catalogue = new BundledSchemas();
        schemas.forEach(catalogue::add);
        return catalogue;
    }

    /** The id of a schema, whether or not the catalogue holds it. */
    public static int idOf(Schema schema) {
        return BASE | (int) (SchemaNormalization.parsingFingerprint64(schema) & 0x3FFFFFFF);
    }

    /** Whether an id has the form of a bundled one; what has not is a registry's, or damage. */
    public static boolean isBundled(int id) {
        return (id & 0xC0000000) == BASE;
    }

    @Override
    public int idOf(String topic, Schema schema) {
        Integer seen = known.get(schema);
        if (seen != null) {
            return seen;
        }
        int id = idOf(schema);
        if (!byId.containsKey(id)) {
            throw new MalformedRecord(
                    "schema " + schema.getFullName() + " for " + topic + ": not in the bundled catalogue");
        }
        known.put(schema, id);
        return id;
    }

    @Override
    public Schema schemaOf(int id) {
        Schema schema = byId.get(id);
        if (schema == null) {
            throw new MalformedRecord(
                    isBundled(id)
                            ? "schema id %d (0x%08x): a bundled id, but of no schema that this build knows; was it written by a newer one?"
                                    .formatted(id, id)
                            : "schema id %d: not a bundled id (those start at %d); a registry gave it, and none is configured"
                                    .formatted(id, BASE));
        }
        return schema;
    }

    private void add(Schema schema) {
        Schema before = byId.putIfAbsent(idOf(schema), schema);
        if (before != null
                && !SchemaNormalization.toParsingForm(before).equals(SchemaNormalization.toParsingForm(schema))) {
            throw new IllegalStateException("schemas " + before.getFullName() + " and " + schema.getFullName()
                    + " differ, but have one id: rename a field of the newer");
        }
    }
}
