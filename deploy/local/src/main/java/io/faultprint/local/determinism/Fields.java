package io.faultprint.local.determinism;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Finds the field in which two Avro records differ. */
final class Fields {

    /** The field's path, {@code surprises[2].score}, and its two values. */
    record Different(String path, String one, String other) {}

    private Fields() {}

    /** The first field, by schema and depth, that is not the same in both. */
    static Optional<Different> first(IndexedRecord one, IndexedRecord other) {
        return first("", one, other);
    }

    private static Optional<Different> first(String path, @Nullable Object one, @Nullable Object other) {
        if (Objects.equals(one, other)) {
            return Optional.empty();
        }
        if (one instanceof IndexedRecord a
                && other instanceof IndexedRecord b
                && a.getSchema().equals(b.getSchema())) {
            for (Schema.Field field : a.getSchema().getFields()) {
                String below = path.isEmpty() ? field.name() : path + "." + field.name();
                Optional<Different> found = first(below, a.get(field.pos()), b.get(field.pos()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (one instanceof List<?> a && other instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                Optional<Different> found = first(path + "[" + i + "]", a.get(i), b.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (one instanceof Map<?, ?> a
                && other instanceof Map<?, ?> b
                && a.keySet().equals(b.keySet())) {
            for (Map.Entry<String, Object> entry : sorted(a).entrySet()) {
                Optional<Different> found =
                        first(path + "[" + entry.getKey() + "]", entry.getValue(), b.get(entry.getKey()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.of(new Different(path, String.valueOf(one), String.valueOf(other)));
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }
}
