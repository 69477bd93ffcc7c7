package io.faultprint.ingest.normalise;

import org.jspecify.annotations.Nullable;

/**
 * Where a request or line came from.
 *
 * @param door the door's id
 * @param now when it was received, epoch milliseconds; in a replay the event time reached so far
 * @param batchId the sender's Idempotency-Key, when it gave one
 * @param futureMillis how far beyond {@code now} an event time may lie before it is clamped
 * @param replayed true in a replay, where an event's receipt is its own time
 */
public record Source(String door, long now, @Nullable String batchId, long futureMillis, boolean replayed) {

    long receivedAt(long eventTime) {
        return replayed ? eventTime : now;
    }
}
