package io.faultprint.ingest.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named fields of a line: a JSON object, what is nested in it by dotted names, or logfmt. Names are looked up in the spellings
 * of the usual loggers.
 */
final class Fields {

    private static final int MOST = 128;
    private static final int DEEPEST = 4;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private final Map<String, String> values;

    private Fields(Map<String, String> values) {
        this.values = values;
    }

    /** The fields of a line; null when it is neither form, or not whole. */
    static @Nullable Fields of(String line) {
        if (line.startsWith("{")) {
            return json(line);
        }
        return LineKind.of(line) == LineKind.FIELDS ? logfmt(line) : null;
    }

    private static @Nullable Fields json(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            object(parser, "", 1, values);
            return parser.nextToken() == null && !values.isEmpty() ? new Fields(values) : null;
        } catch (IOException broken) {
            // A line like any other that happens to begin with a brace.
            return null;
        }
    }

    private static void object(JsonParser parser, String prefix, int depth, Map<String, String> values)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                object(parser, name + ".", depth + 1, values);
            } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                parser.skipChildren();
            } else if (token != null && token != JsonToken.VALUE_NULL && values.size() < MOST) {
                values.put(name, parser.getText());
            }
        }
    }

    private static @Nullable Fields logfmt(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) == ' ') {
                i++;
                continue;
            }
            int equals = line.indexOf('=', i);
            int space = line.indexOf(' ', i);
            if (equals <= i || (space >= 0 && space < equals)) {
                return null;
            }
            StringBuilder value = new StringBuilder();
            int end = value(line, equals + 1, value);
            if (end < 0) {
                return null;
            }
            if (values.size() < MOST) {
                values.put(line.substring(i, equals), value.toString());
            }
            i = end;
        }
        return values.size() < 2 ? null : new Fields(values);
    }

    /** Reads a value, bare or quoted, and says where it ends; -1 when its quote does not. */
    private static int value(String line, int start, StringBuilder into) {
        if (start >= line.length() || line.charAt(start) != '"') {
            int space = line.indexOf(' ', start);
            int end = space < 0 ? line.length() : space;
            into.append(line, start, end);
            return end;
        }
        for (int i = start + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                char escaped = line.charAt(i);
                into.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped);
            } else {
                into.append(c);
            }
        }
        return -1;
    }

    /** Takes out the first of these that is there and says something; null when none is. */
    @Nullable
    String take(List<String> names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null && !value.isBlank()) {
                values.remove(name);
                return value;
            }
        }
        return null;
    }

    /** What nobody took, in the line's order. */
    Map<String, String> rest() {
        return values;
    }
}
