package io.faultprint.local.determinism;

import io.faultprint.ingest.replay.Speed;
import java.time.Duration;

/**
 * The event time that a recording fills.
 *
 * @param from its begin, epoch milliseconds
 * @param until its last event, epoch milliseconds
 */
record Span(long from, long until) {

    private static final double SLOWEST = 0.001;
    private static final double FASTEST = 1_000_000;

    /** The speed at which it takes about this long. */
    Speed lasting(Duration time) {
        double factor = (double) (until - from) / Math.max(1, time.toMillis());
        return new Speed(Math.max(SLOWEST, Math.min(FASTEST, factor)));
    }

    /** How much of it is over at an event time, from 0 to 1. */
    double share(long time) {
        return (double) (time - from) / Math.max(1, until - from);
    }
}
