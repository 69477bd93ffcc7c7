package io.faultprint.evaluate.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of recorded telemetry with its truth: {@code *.jsonl} or {@code *.jsonl.gz} with OTLP/JSON lines, and
 * {@code faults.json}, a list of {@code {"time", "service", "type"}} with {@code end}, {@code category}, {@code component},
 * {@code change}, {@code visible} and {@code signs} ({@code [{"from"}]}) where they are known. A folder without {@code faults.json} was healthy as far as anybody knows.
 *
 * @param name for tables
 * @param files telemetry, merged by time when it is replayed
 * @param faults by their onset
 */
public record Case(String name, List<Path> files, List<Fault> faults) {

    private static final String TRUTH = "faults.json";
    private static final long USUAL_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final ObjectMapper JSON = new ObjectMapper();

    public Case {
        files = List.copyOf(files);
        faults = List.copyOf(faults);
    }

    /**
     * Reads what a folder holds; telemetry itself is not opened.
     *
     * @throws UsageError when it holds no telemetry, or its truth cannot be understood
     */
    public static Case of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UsageError(
                    folder + ": is no folder; name one that holds telemetry (*.jsonl, *.jsonl.gz) and " + TRUTH);
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches(".*\\.jsonl(\\.gz)?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new UsageError(folder + ": holds no telemetry; put OTLP/JSON lines there as *.jsonl or *.jsonl.gz");
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new Case(name == null ? "/" : name.toString(), files, faults(folder.resolve(TRUTH)));
    }

    private static List<Fault> faults(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode list;
        try {
            list = JSON.readTree(file.toFile());
        } catch (JsonProcessingException broken) {
            throw new UsageError(file + ": is no JSON: " + broken.getOriginalMessage(), broken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!list.isArray()) {
            throw new UsageError(file + ": must be a list of faults, [{\"time\": …, \"service\": …, \"type\": …}, …]");
        }
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            faults.add(fault(file + ", fault " + (i + 1), list.get(i)));
        }
        faults.sort(Comparator.comparingLong(Fault::time).thenComparing(Fault::service));
        return faults;
    }

    private static Fault fault(String place, JsonNode node) {
        long time = time(place, node, "time").orElseThrow(() -> missing(place, "time"));
        String service = text(node, "service").orElseThrow(() -> missing(place, "service"));
        TreeSet<String> visible = new TreeSet<>(List.of(service));
        node.path("visible").forEach(each -> visible.add(each.asText()));
        List<Long> signs = new ArrayList<>();
        node.path("signs")
                .forEach(sign -> time(place + ", a sign", sign, "from").ifPresent(signs::add));
        return new Fault(
                time,
                time(place, node, "end").orElse(time + USUAL_MILLIS),
                service,
                text(node, "type").orElseThrow(() -> missing(place, "type")),
                text(node, "category").map(words -> category(place, words)),
                text(node, "component"),
                text(node, "change"),
                List.copyOf(visible),
                signs);
    }

    private static CauseCategory category(String place, String words) {
        return Causes.of(words)
                .orElseThrow(() -> new UsageError(place + ": category '" + words + "': must be one of "
                        + String.join(", ", Causes.all()) + "; or leave it out"));
    }

    private static UsageError missing(String place, String key) {
        return new UsageError(place + ": " + key + " is missing; a fault has time, service and type");
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.ofNullable(node.path(key).textValue()).filter(text -> !text.isBlank());
    }

    private static Optional<Long> time(String place, JsonNode node, String key) {
        return text(node, key).map(text -> {
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeParseException wrong) {
                throw new UsageError(place + ": " + key + " " + text + ": must be like 2026-01-05T08:00:00Z", wrong);
            }
        });
    }
}
