package io.faultprint.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The source files, with the run's prefix in its places. */
final class Source {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Source() {}

    /** @throws IllegalStateException when there is no such file, or what it holds is no YAML object */
    static ObjectNode read(String file, String prefix) {
        try (InputStream in = Source.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("resource " + file + " is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${prefix}", prefix);
            JsonNode tree = YAML.readTree(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalStateException(file + ": must be an object");
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** A field that has to be there. */
    static JsonNode need(JsonNode node, String field, String where) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalStateException(where + ": " + field + " is missing");
        }
        return value;
    }
}
