package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of one record while they are given their places; each goes to one. */
final class Taking {

    private final Map<String, String> fields;
    private final Trace trace;

    /** @param fields is emptied */
    Taking(Map<String, String> fields, Trace trace) {
        this.fields = fields;
        this.trace = trace;
    }

    /** The first of these that is there and not blank; null when none is. */
    @Nullable
    String first(List<String> paths, String where) {
        for (String path : paths) {
            String text = fields.get(path);
            if (text != null && !text.isBlank()) {
                fields.remove(path);
                trace.goes(path, where, text);
                return text;
            }
        }
        return null;
    }

    /** The first of these that fits goes there; what does not fit stays. */
    void fitting(List<String> paths, String where, Predicate<String> fits) {
        for (String path : paths) {
            String text = fields.get(path);
            if (text != null && fits.test(text)) {
                fields.remove(path);
                trace.goes(path, where, text);
                return;
            }
        }
    }

    /** All that was not taken, but for what begins with one of these. */
    void rest(List<String> leftOut, BiConsumer<String, String> attribute) {
        fields.forEach((path, value) -> {
            boolean left = leftOut.stream().anyMatch(path::startsWith);
            trace.goes(path, left ? "left out" : "attribute " + path, value);
            if (!left) {
                attribute.accept(path, value);
            }
        });
    }
}
