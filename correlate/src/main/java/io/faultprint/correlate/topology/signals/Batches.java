package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.BatchRow;
import io.faultprint.event.Envelope;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Which events of a sender's batch have been seen. An event that comes again is a duplicate until its window closes;
 * after that it is late, so a batch is forgotten when the last of its windows closes.
 */
final class Batches {

    private final Rows rows;

    Batches(Rows rows) {
        this.rows = rows;
    }

    /** Whether the event was seen before in this topic-partition; notes it if not. */
    boolean seen(String topic, Envelope envelope, long windowEnd) {
        String batch = envelope.getSenderBatchId();
        if (batch == null) {
            return false;
        }
        RowKey key = RowKey.of('b').then(topic).then(batch);
        BatchRow row = rows.get(key, BatchRow.class);
        BitSet seen = row == null ? new BitSet() : BitSet.valueOf(row.getSeen());
        if (seen.get(envelope.getIndex())) {
            return true;
        }
        seen.set(envelope.getIndex());
        long until = row == null ? windowEnd : Math.max(row.getUntil(), windowEnd);
        rows.put(key, new BatchRow(ByteBuffer.wrap(seen.toByteArray()), until));
        return false;
    }

    /** Forgets the batches whose windows are all closed. */
    void forget(long closedUpTo) {
        rows.each(RowKey.of('b'), BatchRow.class, (key, row) -> {
            if (row.getUntil() <= closedUpTo) {
                rows.delete(key);
            }
        });
    }
}
