package io.faultprint.evaluate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one evaluation: over everything, and by groups such as kinds of fault.
 *
 * @param what was evaluated, as in {@code incidents}
 * @param configuration fingerprint of what contents depend on
 * @param total over everything
 * @param groups by their names
 * @param facts how much was evaluated, in what time, on what machine
 */
public record Report(
        String what,
        String configuration,
        Map<String, Figure> total,
        Map<String, Map<String, Figure>> groups,
        Map<String, String> facts) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes it as JSON: {@code {"what", "configuration", "facts", "total", "groups"}}. */
    public void write(Path file) {
        ObjectNode root = JSON.createObjectNode();
        root.put("what", what);
        root.put("configuration", configuration);
        facts.forEach(root.putObject("facts")::put);
        put(root.putObject("total"), total);
        ObjectNode each = root.putObject("groups");
        groups.forEach((name, figures) -> put(each.putObject(name), figures));
        try {
            Files.write(file, JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UsageError(file + ": cannot be written (" + e + "); name a file in a folder that can", e);
        }
    }

    private static void put(ObjectNode node, Map<String, Figure> figures) {
        figures.forEach((name, figure) -> {
            ObjectNode one = node.putObject(name);
            if (Double.isNaN(figure.value())) {
                one.putNull("value");
            } else {
                one.put("value", Math.rint(figure.value() * 1e6) / 1e6);
            }
            figure.interval().ifPresent(share -> {
                one.put("low", Math.rint(share.low() * 1e6) / 1e6);
                one.put("high", Math.rint(share.high() * 1e6) / 1e6);
            });
            one.put("of", figure.of());
        });
    }

    /**
     * The values of the total of a stored report, by their names; what could not be measured is left out.
     *
     * @throws UsageError when it cannot be read, or is of something else
     */
    public static Map<String, Double> stored(Path file, String what) {
        if (!Files.isRegularFile(file)) {
            throw new UsageError("--baseline " + file + ": there is no such file");
        }
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException broken) {
            throw new UsageError("--baseline " + file + ": is no JSON: " + broken.getOriginalMessage(), broken);
        } catch (IOException e) {
            throw new UsageError("--baseline " + file + ": cannot be read: " + e, new UncheckedIOException(e));
        }
        String of = root.path("what").asText("");
        if (!of.equals(what)) {
            throw new UsageError("--baseline " + file + ": is a report of '" + of + "', not of " + what
                    + "; give one that evaluate " + what + " --report wrote");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        root.path("total").properties().forEach(each -> {
            if (each.getValue().path("value").isNumber()) {
                values.put(each.getKey(), each.getValue().path("value").asDouble());
            }
        });
        return values;
    }
}
