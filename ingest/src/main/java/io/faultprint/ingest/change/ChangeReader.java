package io.faultprint.ingest.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.faultprint.event.ChangeKind;
import io.faultprint.ingest.normalise.DeclaredChange;
import io.faultprint.runtime.Spelling;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Changes as JSON: one object or an array of them. People write these by hand into pipelines, so a field that is not
 * known is a mistake to be told about, not to be skipped.
 */
public final class ChangeReader {

    private static final List<String> FIELDS = List.of(
            "id",
            "kind",
            "services",
            "who",
            "what",
            "versionBefore",
            "versionAfter",
            "repository",
            "commits",
            "changedPaths",
            "link",
            "environment",
            "time");

    private static final int MOST = 1_000;

    private static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .disable(com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // A tree costs up to a hundred bytes for three of JSON; a thousand changes need far fewer tokens.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxTokenCount(500_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ChangeReader() {}

    /** What became of the bytes. */
    public sealed interface Result {}

    /** All of them could be read. */
    public record Changes(List<DeclaredChange> changes) implements Result {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** At least one could not, so none is taken; {@code why} names the field and the mend. */
    public record Refused(String why) implements Result {}

    /** Reads a body in UTF-8. */
    public static Result read(byte[] bytes) {
        return read(bytes, "");
    }

    /** Reads what stands in one field of an object in UTF-8. */
    public static Result readField(byte[] bytes, String field) {
        return read(bytes, "/" + field);
    }

    private static Result read(byte[] bytes, String pointer) {
        try {
            return read(JSON.readTree(bytes).at(pointer));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
            return new Refused(
                    "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("") + where);
        } catch (IOException e) {
            return new Refused("not JSON: " + e.getMessage());
        }
    }

    /** Reads one object or an array of them. */
    private static Result read(JsonNode body) {
        if (body.isArray() && body.size() > MOST) {
            return new Refused(body.size() + " changes in one request; send at most " + MOST);
        }
        List<DeclaredChange> changes = new ArrayList<>();
        try {
            if (body.isArray()) {
                for (int i = 0; i < body.size(); i++) {
                    changes.add(change(body.get(i), "change " + i + ": "));
                }
            } else {
                changes.add(change(body, ""));
            }
        } catch (Mistake mistake) {
            return new Refused(String.valueOf(mistake.getMessage()));
        }
        return new Changes(changes);
    }

    private static DeclaredChange change(JsonNode node, String place) throws Mistake {
        if (!node.isObject()) {
            throw new Mistake(place + "a change is a JSON object, as in {\"kind\":\"deploy\",\"services\":[\"cart\"]}");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                String known = Spelling.nearest(cut(field.getKey()), FIELDS)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse("known are " + String.join(", ", FIELDS));
                throw new Mistake(place + "unknown field '" + cut(field.getKey()) + "'; " + known);
            }
        }
        Reader reader = new Reader(node, place);
        return new DeclaredChange(
                reader.text("id"),
                kind(reader),
                reader.text("environment"),
                reader.list("services"),
                reader.text("who"),
                reader.text("what"),
                reader.text("versionBefore"),
                reader.text("versionAfter"),
                reader.text("repository"),
                reader.list("commits"),
                reader.list("changedPaths"),
                reader.text("link"),
                time(reader));
    }

    /** The fields of one object. */
    private record Reader(JsonNode node, String place) {

        String text(String name) throws Mistake {
            JsonNode value = node.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return "";
            }
            if (!value.isValueNode()) {
                throw wrong(name, "a text");
            }
            return value.asText();
        }

        List<String> list(String name) throws Mistake {
            JsonNode value = node.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return List.of();
            }
            if (value.isTextual()) {
                return List.of(value.asText());
            }
            if (!value.isArray()) {
                throw wrong(name, "an array of texts");
            }
            List<String> items = new ArrayList<>();
            for (JsonNode item : value) {
                if (!item.isTextual()) {
                    throw wrong(name, "an array of texts");
                }
                items.add(item.asText());
            }
            return items;
        }

        Mistake wrong(String name, String wanted) {
            return new Mistake(place + "field '" + name + "': wanted " + wanted + ", found "
                    + cut(node.path(name).toString()));
        }
    }

    private static ChangeKind kind(Reader reader) throws Mistake {
        String text = reader.text("kind");
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        String known = String.join(
                ", ",
                Arrays.stream(ChangeKind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
        throw new Mistake(reader.place() + "field 'kind': "
                + (text.isEmpty() ? "missing" : "'" + cut(text) + "' is not known") + "; it is one of " + known);
    }

    /** ISO-8601 with an offset, or a number since the epoch whose size tells seconds, milliseconds or nanoseconds. */
    private static long time(Reader reader) throws Mistake {
        JsonNode value = reader.node().path("time");
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (value.isNumber()) {
            double number = value.asDouble();
            if (Math.abs(number) < 1e11) {
                return Math.round(number * 1_000);
            }
            return Math.abs(number) < 1e15 ? value.asLong() : value.asLong() / 1_000_000;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw reader.wrong("time", "ISO-8601 with an offset (2026-01-31T12:00:00Z) or a number since the epoch");
        }
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }
}
