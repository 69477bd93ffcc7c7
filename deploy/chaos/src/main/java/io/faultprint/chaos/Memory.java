package io.faultprint.chaos;

import io.faultprint.chaos.oracle.Finding;
import io.faultprint.chaos.world.Slot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heap of each stage over the run, from its metrics. What is used rises and falls with each collection; its floor
 * is what lives, and the floor of a process's end must not lie above that of its middle.
 */
final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final double GROWTH = 1.3;
    private static final long SLACK = 48L << 20;
    private static final int ENOUGH = 12;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Slot> slots;
    private final Map<String, Integer> admins;
    private final int heapMegabytes;

    /** By stage and process: a new process begins with an empty heap. */
    private final Map<String, Map<Long, List<Long>>> samples = new TreeMap<>();

    Memory(List<Slot> slots, Map<String, Integer> admins, int heapMegabytes) {
        this.slots = slots;
        this.admins = admins;
        this.heapMegabytes = heapMegabytes;
    }

    /** Asks every stage that answers. */
    void look() throws InterruptedException {
        for (Slot slot : slots) {
            long process = slot.pid();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + admins.get(slot.name()) + "/metrics"))
                    .timeout(ANSWER_WITHIN)
                    .build();
            try {
                long used = 0;
                Matcher matcher = HEAP.matcher(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
                while (matcher.find()) {
                    used += (long) Double.parseDouble(matcher.group(1));
                }
                if (used > 0 && process >= 0 && process == slot.pid()) {
                    sample(slot.name(), process, used);
                }
            } catch (IOException down) {
                // A stage that was just killed has no heap to look at.
                LOG.debug("{} is not there to be asked", slot.name(), down);
            }
        }
    }

    void sample(String stage, long process, long used) {
        samples.computeIfAbsent(stage, name -> new TreeMap<>())
                .computeIfAbsent(process, life -> new ArrayList<>())
                .add(used);
    }

    /** Each process that lived long enough, by itself. */
    Finding judge(List<String> outOfMemory) {
        List<String> wrong = new ArrayList<>(outOfMemory);
        List<String> told = new ArrayList<>();
        samples.forEach((stage, lives) -> {
            List<List<Long>> judged = lives.values().stream()
                    .filter(life -> life.size() >= ENOUGH)
                    .toList();
            judged.stream()
                    .filter(life -> floor(life, 2) > floor(life, 1) * GROWTH + SLACK)
                    .forEach(life -> wrong.add("%s lives on %d MB at the end, on %d MB in the middle"
                            .formatted(stage, floor(life, 2) >> 20, floor(life, 1) >> 20)));
            told.add(stage
                    + judged.stream()
                            .max(Comparator.comparingInt(List::size))
                            .map(life -> " %d→%d MB".formatted(floor(life, 1) >> 20, floor(life, 2) >> 20))
                            .orElseGet(() -> " ≤ %d MB, never up for long".formatted(peak(lives) >> 20)));
        });
        return new Finding(
                "flat in a heap of " + heapMegabytes + " MB",
                wrong.isEmpty(),
                String.join(", ", wrong.isEmpty() ? told : wrong));
    }

    private static long peak(Map<Long, List<Long>> lives) {
        return lives.values().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** The least of a third. */
    private static long floor(List<Long> used, int third) {
        return used.subList(used.size() * third / 3, used.size() * (third + 1) / 3).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }
}
