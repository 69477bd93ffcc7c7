package io.faultprint.local.determinism;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

    /** Leaves alone are compared by {@code equals}: that of a record takes 0.0 and -0.0 for the same. */
    private static Optional<Different> first(String path, @Nullable Object one, @Nullable Object other) {
        if (one instanceof IndexedRecord a
                && other instanceof IndexedRecord b
                && a.getSchema().equals(b.getSchema())) {
            return a.getSchema().getFields().stream()
                    .map(field -> first(
                            path.isEmpty() ? field.name() : path + "." + field.name(),
                            a.get(field.pos()),
                            b.get(field.pos())))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (one instanceof List<?> a && other instanceof List<?> b && a.size() == b.size()) {
            return IntStream.range(0, a.size())
                    .mapToObj(i -> first(path + "[" + i + "]", a.get(i), b.get(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (one instanceof Map<?, ?> a
                && other instanceof Map<?, ?> b
                && a.keySet().equals(b.keySet())) {
            return sorted(a).entrySet().stream()
                    .map(entry -> first(path + "[" + entry.getKey() + "]", entry.getValue(), b.get(entry.getKey())))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Objects.equals(one, other)
                ? Optional.empty()
                : Optional.of(new Different(path, String.valueOf(one), String.valueOf(other)));
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }
}
