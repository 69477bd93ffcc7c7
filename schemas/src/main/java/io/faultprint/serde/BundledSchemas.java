package io.faultprint.serde;

import io.faultprint.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final String HISTORY = "/io/faultprint/schemas/history/";

    private final Map<Integer, Schema> byId = new HashMap<>();
    /** A fingerprint costs a walk over the whole schema: too much for each record. */
    private final Map<Schema, Integer> known = new ConcurrentHashMap<>();

    private BundledSchemas() {}

    /** The schemas of all topics. */
    public static BundledSchemas ofTopics() {
        return of(Topics.recordTypes());
    }

    /** The schemas of all topics, and these of a stage's own state. */
    public static BundledSchemas ofTopicsAnd(Collection<Class<? extends SpecificRecord>> state) {
        BundledSchemas schemas = ofTopics();
        state.forEach(type -> schemas.add(SpecificData.get().getSchema(type)));
        return schemas;
    }

    private static BundledSchemas of(List<Class<? extends SpecificRecord>> types) {
        BundledSchemas schemas = new BundledSchemas();
        types.forEach(type -> schemas.add(SpecificData.get().getSchema(type)));
        committed(schemas.getClass()).forEach(schemas::add);
        return schemas;
    }

    /** The id of a schema, whether or not the catalogue holds it. */
    public static int idOf(Schema schema) {
        return BASE | (int) (SchemaNormalization.parsingFingerprint64(schema) & 0x3FFFFFFF);
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
            throw new MalformedRecord("schema id " + id + ": not in the bundled catalogue");
        }
        return schema;
    }

    private void add(Schema schema) {
        Schema before = byId.putIfAbsent(idOf(schema), schema);
        if (before != null && !before.getFullName().equals(schema.getFullName())) {
            throw new IllegalStateException("schemas " + before.getFullName() + " and " + schema.getFullName()
                    + " have one id: rename a field of one");
        }
    }

    /** Every committed version of every record type, oldest first. */
    static List<Schema> committed(Class<?> anchor) {
        return lines(anchor, HISTORY + "index").stream()
                .map(file -> new Schema.Parser().parse(String.join("\n", lines(anchor, HISTORY + file))))
                .toList();
    }

    private static List<String> lines(Class<?> anchor, String resource) {
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
