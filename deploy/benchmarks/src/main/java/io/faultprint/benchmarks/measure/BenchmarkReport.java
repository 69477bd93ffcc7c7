package io.faultprint.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one command measured.
 *
 * @param began when
 * @param rounds that were asked for
 * @param events that were asked for
 * @param host where
 * @param results by the names of the benchmarks, in the order in which they ran
 */
public record BenchmarkReport(Instant began, int rounds, int events, HostFacts host, Map<String, Result> results) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The same and one more result; the load of now is the one at the end. */
    public BenchmarkReport with(String name, Result result) {
        Map<String, Result> more = new LinkedHashMap<>(results);
        more.put(name, result);
        return new BenchmarkReport(began, rounds, events, host.ended(), more);
    }

    /**
     * Refuses a file that could not be written, before there is anything to lose.
     *
     * @throws UsageError when its folder is missing or cannot be written, or it is a folder itself
     */
    public static void check(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(file)) {
            throw new UsageError("--report " + file + ": is a directory; give a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageError(
                    "--report " + file + ": there is no folder " + folder + "; make it, or give another file");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageError("--report " + file + ": cannot be written; give a file in a folder that can");
        }
    }

    /**
     * Writes it as one JSON document: {@code {"what", "began", "rounds", "events", "host", "benchmarks": {NAME:
     * {"measures": […], "comparisons": […]}}}}. A comparison without verdict has {@code "verdict": null} and says why.
     */
    public void write(Path file) {
        ObjectNode root = JSON.createObjectNode();
        root.put("what", "benchmark");
        root.put("began", began.toString());
        root.put("rounds", rounds);
        root.put("events", events);
        root.set("host", JSON.valueToTree(host));
        ObjectNode each = root.putObject("benchmarks");
        results.forEach((name, result) -> put(each.putObject(name), result));
        try {
            Files.write(file, JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UsageError("--report " + file + ": cannot be written (" + e + "); give another file", e);
        }
    }

    private static void put(ObjectNode node, Result result) {
        ArrayNode measures = node.putArray("measures");
        for (Measure measure : result.measures()) {
            ObjectNode one = measures.addObject().put("name", measure.name()).put("unit", measure.unit());
            put(one, measure.values(), measure.spread());
        }
        ArrayNode comparisons = node.putArray("comparisons");
        for (Comparison comparison : result.comparisons()) {
            ObjectNode one = comparisons.addObject().put("name", comparison.name());
            put(one, comparison.ratios(), comparison.spread());
            if (comparison.verdict() instanceof Verdict.Ratio ratio) {
                one.put("verdict", rounded(ratio.median()));
            } else {
                one.putNull("verdict").put("why", comparison.verdict().words());
            }
        }
    }

    private static void put(ObjectNode node, List<Double> values, Spread spread) {
        node.put("median", rounded(spread.median()));
        node.put("least", rounded(spread.least()));
        node.put("most", rounded(spread.most()));
        if (Double.isFinite(spread.relative())) {
            node.put("spread", rounded(spread.relative()));
        } else {
            node.putNull("spread");
        }
        ArrayNode all = node.putArray("values");
        values.forEach(value -> all.add(rounded(value)));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
