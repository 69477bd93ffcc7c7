package io.faultprint.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.dashboards.SavedObject.Kind;
import io.faultprint.diagnose.store.Mappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Index patterns with the whole list of their fields, made from the mappings. */
final class IndexPatterns {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES = Map.of(
            "keyword", "string",
            "text", "string",
            "date", "date",
            "boolean", "boolean",
            "integer", "number",
            "long", "number",
            "double", "number");
    private static final List<String> META = List.of("_id", "_index", "_score", "_source", "_type");

    private final String prefix;

    IndexPatterns(String prefix) {
        this.prefix = prefix;
    }

    /** What OpenSearch is asked for: the alias, or every day of it. */
    static String title(String prefix, String index) {
        return prefix + "-" + index + (Mappings.dated(index) ? "-*" : "");
    }

    /** What a panel points to: with {@code anyTime}, the pattern of the index that has no time field. */
    static SavedObject.Reference reference(String prefix, JsonNode source, String name) {
        return new SavedObject.Reference(name, Kind.INDEX_PATTERN, id(prefix, source));
    }

    private static String id(String prefix, JsonNode source) {
        String index = source.path("index").asText();
        return prefix + (anyTime(source) ? "-any-time-" : "-index-") + index;
    }

    private static boolean anyTime(JsonNode source) {
        return source.path("anyTime").asBoolean();
    }

    List<SavedObject> all() {
        ObjectNode source = Source.read("index-patterns.yaml", prefix);
        List<SavedObject> made = new ArrayList<>();
        for (JsonNode pattern : source.path("patterns")) {
            made.add(pattern(pattern, source.path("links")));
        }
        return made;
    }

    private SavedObject pattern(JsonNode source, JsonNode links) {
        String index = Source.need(source, "index", "index-patterns.yaml").asText();
        ArrayNode fields = fields(index);
        ObjectNode formats = JsonNodeFactory.instance.objectNode();
        source.path("formats")
                .properties()
                .forEach(entry -> formats.set(
                        known(entry.getKey(), index, fields),
                        Source.need(links, entry.getValue().asText(), "links of index-patterns.yaml")));
        ObjectNode attributes = JsonNodeFactory.instance
                .objectNode()
                .put("title", title(prefix, index))
                .put("fields", fields.toString())
                .put("fieldFormatMap", formats.toString());
        if (!anyTime(source)) {
            attributes.put(
                    "timeFieldName", known(Source.need(source, "time", index).asText(), index, fields));
        }
        return new SavedObject(Kind.INDEX_PATTERN, id(prefix, source), attributes, List.of());
    }

    private static String known(String field, String index, ArrayNode fields) {
        for (JsonNode each : fields) {
            if (each.path("name").asText().equals(field)) {
                return field;
            }
        }
        throw new IllegalStateException("index-patterns.yaml: " + index + " has no field " + field);
    }

    static ArrayNode fields(String index) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (String meta : META) {
            fields.add(field(meta, meta.equals("_score") ? "number" : meta.equals("_source") ? "_source" : "string")
                    .put("searchable", meta.equals("_id") || meta.equals("_index"))
                    .put("aggregatable", meta.equals("_id") || meta.equals("_index"))
                    .put("readFromDocValues", false));
        }
        try {
            add(fields, "", JSON.readTree(Mappings.of(index)).path("properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private static void add(ArrayNode fields, String path, JsonNode properties) {
        properties.properties().forEach(entry -> {
            String name = path + entry.getKey();
            JsonNode inner = entry.getValue().path("properties");
            if (inner.isObject()) {
                add(fields, name + ".", inner);
                return;
            }
            String type = entry.getValue().path("type").asText();
            String word = TYPES.get(type);
            if (word == null) {
                throw new IllegalStateException(name + ": no word of Dashboards for type " + type);
            }
            ObjectNode field = field(name, word);
            field.putArray("esTypes").add(type);
            fields.add(field.put("searchable", true)
                    .put("aggregatable", !type.equals("text"))
                    .put("readFromDocValues", !type.equals("text")));
        });
    }

    private static ObjectNode field(String name, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("type", type)
                .put("count", 0)
                .put("scripted", false);
    }
}
