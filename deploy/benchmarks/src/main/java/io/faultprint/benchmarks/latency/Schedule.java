package io.faultprint.benchmarks.latency;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When each request is due, whatever became of those before it. A sender that waits for answers sends less when things go
 * slowly, and so leaves out what should have been measured; here that waiting counts, from when a request was due.
 *
 * @param begin of the schedule, in nanoseconds of {@code nanos}
 * @param periodNanos between one request and the next
 * @param nanos the time
 */
record Schedule(long begin, long periodNanos, LongSupplier nanos) {

    /** When a request is due. */
    long due(int number) {
        return begin + number * periodNanos;
    }

    /** Returns when it is due; at once where it is overdue. */
    void await(int number) {
        for (long left = due(number) - nanos.getAsLong(); left > 0; left = due(number) - nanos.getAsLong()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Milliseconds since it was due. */
    double millisSince(int number) {
        return (nanos.getAsLong() - due(number)) / 1e6;
    }
}
