package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.world.WorldSettings;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must have become of every event, worked out from the topics alone: what stands in {@code late} was late, the
 * second of the same batch and index in a partition was a duplicate while its batch was remembered, and everything else
 * was kept. A batch is remembered until its partition has come past its windows; what comes again later is late, except
 * an event whose clock was ahead: it counts at its receipt, and so once more.
 */
final class Fates {

    /** How many of a kind had which fate. */
    static final class Sum {
        long in;
        long kept;
        long late;
        long duplicated;
    }

    private record Batch(String topic, int partition, String id) {}

    private static final class Seen {
        private final BitSet indices = new BitSet();
        private long until = Long.MIN_VALUE;
    }

    final Map<Book.Kind, Sum> sums = new EnumMap<>(Book.Kind.class);

    /** Lines kept, by {@code service@window}. */
    final Map<String, Long> logs = new TreeMap<>();

    /** Spans kept, by {@code service@window}. */
    final Map<String, Long> spans = new TreeMap<>();

    /** Events that stand in {@code late} more than once. */
    final Map<Place, Integer> lateTwice = new HashMap<>();

    Fates(Sent sent, Said said) {
        Map<Batch, Seen> batches = new HashMap<>();
        for (Sent.Event event : sent.events()) {
            Sum sum = sums.computeIfAbsent(event.kind(), key -> new Sum());
            sum.in++;
            int timesLate = said.lateFrom.getOrDefault(event.place(), 0);
            if (timesLate > 1) {
                lateTwice.put(event.place(), timesLate);
            }
            if (timesLate > 0) {
                sum.late++;
            } else if (event.batch() != null && again(event, event.batch(), batches)) {
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

    private static boolean again(Sent.Event event, String id, Map<Batch, Seen> batches) {
        Batch batch = new Batch(event.place().topic(), event.place().partition(), id);
        Seen seen = batches.get(batch);
        if (seen == null || seen.until <= event.promised()) {
            seen = new Seen();
            batches.put(batch, seen);
        }
        if (seen.indices.get(event.index())) {
            return true;
        }
        seen.indices.set(event.index());
        seen.until = Math.max(seen.until, event.window() + WorldSettings.WINDOWS.sizeMillis());
        return false;
    }
}
