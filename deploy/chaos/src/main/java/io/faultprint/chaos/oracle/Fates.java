package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must have become of every event, worked out from the topics alone: what stands in {@code late} was late, the
 * second of the same batch and index in a partition was a duplicate, and everything else was kept.
 */
final class Fates {

    /** How many of a kind had which fate. */
    static final class Sum {
        long in;
        long kept;
        long late;
        long duplicated;
    }

    private record Once(String topic, int partition, String batch, int index) {}

    final Map<Book.Kind, Sum> sums = new EnumMap<>(Book.Kind.class);

    /** Lines kept, by {@code service@window}. */
    final Map<String, Long> logs = new TreeMap<>();

    /** Spans kept, by {@code service@window}. */
    final Map<String, Long> spans = new TreeMap<>();

    /** Events that stand in {@code late} more than once. */
    final Map<Place, Integer> lateTwice = new HashMap<>();

    Fates(Sent sent, Said said) {
        Set<Once> seen = new HashSet<>();
        for (Sent.Event event : sent.events()) {
            Sum sum = sums.computeIfAbsent(event.kind(), key -> new Sum());
            sum.in++;
            int timesLate = said.lateFrom.getOrDefault(event.place(), 0);
            if (timesLate > 1) {
                lateTwice.put(event.place(), timesLate);
            }
            if (timesLate > 0) {
                sum.late++;
            } else if (event.batch() != null && !seen.add(once(event, event.batch()))) {
                sum.duplicated++;
            } else {
                sum.kept++;
                String where = event.service() + "@" + event.window();
                if (event.kind() == Book.Kind.LOGS) {
                    logs.merge(where, 1L, Long::sum);
                } else if (event.kind() == Book.Kind.SPANS) {
                    spans.merge(where, 1L, Long::sum);
                }
            }
        }
    }

    private static Once once(Sent.Event event, String batch) {
        return new Once(event.place().topic(), event.place().partition(), batch, event.index());
    }
}
