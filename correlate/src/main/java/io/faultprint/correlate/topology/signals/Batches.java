package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.BatchRow;
import io.faultprint.event.Envelope;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a sender's batch have been seen in a topic-partition. An event that comes again is a duplicate until
 * that partition's watermark passes its window; after that it is late, and the batch is forgotten. A batch is kept in
 * parts of {@value #PART} events, so that a row stays small. Rows: {@code b} topic, batch, part: what was seen; {@code
 * u} topic, until, batch, part: when it is forgotten.
 *
 * <p>All of it is a function of the partition's log, also what is forgotten early when there are too many.
 */
final class Batches {

    private static final int PART = 1024;

    private final Rows rows;
    private final Cuts cuts;
    private final int most;
    private final Map<String, Integer> parts = new TreeMap<>();

    /** @param most parts remembered per topic; beyond it the one that would be forgotten first is */
    Batches(Rows rows, Cuts cuts, int most) {
        this.rows = rows;
        this.cuts = cuts;
        this.most = most;
        rows.keys(RowKey.of('b')).forEach(key -> {
            RowKey.Parts names = new RowKey.Parts(key);
            names.kind();
            parts.merge(names.text(), 1, Integer::sum);
        });
    }

    /** Whether the event was seen before in this topic-partition; notes it if not. */
    boolean seen(String topic, Envelope envelope, long windowEnd) {
        String batch = envelope.getSenderBatchId();
        if (batch == null) {
            return false;
        }
        long part = envelope.getIndex() / PART;
        int at = envelope.getIndex() % PART;
        RowKey key = RowKey.of('b').then(topic).then(batch).then(part);
        BatchRow row = rows.get(key, BatchRow.class);
        BitSet seen = row == null ? new BitSet() : BitSet.valueOf(row.getSeen());
        if (seen.get(at)) {
            return true;
        }
        seen.set(at);
        remember(topic, batch, part, row == null ? null : row.getUntil(), windowEnd);
        long until = row == null ? windowEnd : Math.max(row.getUntil(), windowEnd);
        rows.put(key, new BatchRow(ByteBuffer.wrap(seen.toByteArray()), until));
        return false;
    }

    private void remember(String topic, String batch, long part, @Nullable Long before, long until) {
        if (before != null && before >= until) {
            return;
        }
        if (before != null) {
            rows.delete(untilKey(topic, before).then(batch).then(part));
        } else if (parts.merge(topic, 1, Integer::sum) > most) {
            Bytes first = rows.firstKey(untilKey(topic), untilKey(topic));
            if (first != null) {
                forget(topic, first);
                cuts.count(Cut.BATCHES, 1);
            }
        }
        rows.mark(untilKey(topic, until).then(batch).then(part));
    }

    /** Forgets what would be late by now, the watermark of the topic's partition being this. */
    void forget(String topic, long watermark) {
        for (Bytes key : rows.keysBetween(untilKey(topic), untilKey(topic, watermark + 1))) {
            forget(topic, key);
        }
    }

    private void forget(String topic, Bytes untilKey) {
        RowKey.Parts names = new RowKey.Parts(untilKey);
        names.kind();
        names.text();
        names.number();
        rows.delete(RowKey.of('b').then(topic).then(names.text()).then(names.number()));
        rows.delete(untilKey);
        parts.merge(topic, -1, Integer::sum);
    }

    private static RowKey untilKey(String topic) {
        return RowKey.of('u').then(topic);
    }

    private static RowKey untilKey(String topic, long until) {
        return untilKey(topic).then(until);
    }
}
