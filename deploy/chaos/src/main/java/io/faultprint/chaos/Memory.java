package io.faultprint.chaos;

import io.faultprint.chaos.oracle.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heap of each stage over the run, from its metrics. What is used rises and falls with each collection; its floor
 * is what lives, and the floor of the run's end must not lie above that of its middle.
 */
final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final double GROWTH = 1.3;
    private static final long SLACK = 48L << 20;
    private static final int ENOUGH = 12;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> admins;
    private final int heapMegabytes;
    private final Map<String, List<Long>> samples = new TreeMap<>();

    Memory(Map<String, Integer> admins, int heapMegabytes) {
        this.admins = admins;
        this.heapMegabytes = heapMegabytes;
    }

    /** Asks every stage that answers. */
    void look() throws InterruptedException {
        for (Map.Entry<String, Integer> admin : admins.entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + admin.getValue() + "/metrics"))
                    .timeout(ANSWER_WITHIN)
                    .build();
            try {
                long used = 0;
                Matcher matcher = HEAP.matcher(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
                while (matcher.find()) {
                    used += (long) Double.parseDouble(matcher.group(1));
                }
                if (used > 0) {
                    samples.computeIfAbsent(admin.getKey(), key -> new ArrayList<>())
                            .add(used);
                }
            } catch (IOException down) {
                // A stage that was just killed has no heap to look at.
                LOG.debug("{} is not there to be asked", admin.getKey(), down);
            }
        }
    }

    Finding judge(List<String> outOfMemory) {
        List<String> wrong = new ArrayList<>(outOfMemory);
        List<String> told = new ArrayList<>();
        samples.forEach((stage, used) -> {
            long peak = used.stream().mapToLong(Long::longValue).max().orElse(0);
            if (used.size() >= ENOUGH) {
                long middle = floor(used, 1);
                long end = floor(used, 2);
                if (end > middle * GROWTH + SLACK) {
                    wrong.add("%s lives on %d MB at the end, on %d MB in the middle"
                            .formatted(stage, end >> 20, middle >> 20));
                }
                told.add("%s %d→%d MB".formatted(stage, middle >> 20, end >> 20));
            } else {
                told.add("%s ≤ %d MB".formatted(stage, peak >> 20));
            }
        });
        return new Finding(
                "flat in a heap of " + heapMegabytes + " MB",
                wrong.isEmpty(),
                String.join(", ", wrong.isEmpty() ? told : wrong));
    }

    /** The least of a third. */
    private static long floor(List<Long> used, int third) {
        return used.subList(used.size() * third / 3, used.size() * (third + 1) / 3).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }
}
