package io.faultprint.ingest.normalise;

import org.jspecify.annotations.Nullable;

/** Which time an event gets, from what its sender wrote and when it was received. */
final class EventTimes {

    private static final long NANOS = 1_000_000;

    private EventTimes() {}

    /**
     * @param time the event time, epoch milliseconds
     * @param clamped the sender's own, where it could not be believed; else null
     */
    record Timed(long time, @Nullable Long clamped) {}

    /** A log's: its own, else when it was observed, else receipt. */
    static Timed ofLog(long timeNanos, long observedNanos, Source source) {
        Timed observed = believable(observedNanos, source) ? at(observedNanos) : new Timed(source.now(), null);
        if (timeNanos == 0) {
            return observedNanos > 0 && observed.time() != Math.floorDiv(observedNanos, NANOS)
                    ? new Timed(source.now(), Math.floorDiv(observedNanos, NANOS))
                    : observed;
        }
        if (timeNanos < 0) {
            return new Timed(observed.time(), Math.floorDiv(timeNanos, NANOS));
        }
        return ofPoint(timeNanos, source);
    }

    /** A point's or a span's: its own, else receipt. */
    static Timed ofPoint(long nanos, Source source) {
        if (believable(nanos, source)) {
            return at(nanos);
        }
        return new Timed(source.now(), nanos == 0 ? null : (Long) Math.floorDiv(nanos, NANOS));
    }

    /** The same for a time that is in milliseconds already; 0 when none was given. */
    static Timed ofMillis(long millis, Source source) {
        boolean believable = millis > 0 && millis - source.futureMillis() <= source.now();
        return believable ? new Timed(millis, null) : new Timed(source.now(), millis == 0 ? null : (Long) millis);
    }

    private static boolean believable(long nanos, Source source) {
        return nanos > 0 && nanos / NANOS - source.futureMillis() <= source.now();
    }

    private static Timed at(long nanos) {
        return new Timed(nanos / NANOS, null);
    }

    /** Start of counting, epoch milliseconds; null when the sender gave none. */
    static @Nullable Long startOf(long nanos) {
        return nanos > 0 ? (Long) (nanos / NANOS) : null;
    }
}
