package io.faultprint.scenario.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The scenarios that come with Faultprint, and how a file builds on one of them. */
final class Bundled {

    private static final String FOLDER = "/scenarios/";

    private Bundled() {}

    /** Their names, in the order in which they should be shown. */
    static List<String> names() {
        try (InputStream in = Bundled.class.getResourceAsStream(FOLDER + "index")) {
            byte[] index = Objects.requireNonNull(in, "no index of the bundled scenarios")
                    .readAllBytes();
            return new String(index, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the index of the bundled scenarios", e);
        }
    }

    static byte[] yaml(String name) {
        try (InputStream in = Bundled.class.getResourceAsStream(FOLDER + name + "/scenario.yaml")) {
            if (!names().contains(name) || in == null) {
                throw new UsageError("scenario " + name + ": not bundled: must be one of " + String.join(", ", names())
                        + ", or give a folder");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UsageError("scenario " + name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The base with what the file says instead: mappings are joined key by key, anything else takes the place. */
    static JsonNode over(JsonNode base, JsonNode file) {
        if (!(base instanceof ObjectNode below) || !(file instanceof ObjectNode above)) {
            return file;
        }
        ObjectNode joined = below.deepCopy();
        above.properties().forEach(entry -> {
            JsonNode old = joined.get(entry.getKey());
            joined.set(entry.getKey(), old == null ? entry.getValue() : over(old, entry.getValue()));
        });
        return joined;
    }
}
