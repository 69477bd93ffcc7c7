package io.faultprint.ingest.heartbeat;

import java.time.InstantSource;
import java.util.TreeMap;

/**
 * How far a live door has come: {@code min(now, receipt of the oldest unacknowledged request) − lateness}, never
 * backwards. The clock is read under the lock that also guards the open requests: a receipt time taken just before a
 * heartbeat can then not be entered just after it.
 */
public final class Watermark {

    private final InstantSource clock;
    private final long latenessMillis;
    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private long last = Long.MIN_VALUE;

    public Watermark(InstantSource clock, long latenessMillis) {
        this.clock = clock;
        this.latenessMillis = latenessMillis;
    }

    /** A request has come; nothing after its receipt is promised until it is {@link #settled}. */
    public synchronized long received() {
        long now = clock.millis();
        open.merge(now, 1, Integer::sum);
        return now;
    }

    /** A request that was received then has been answered. */
    public synchronized void settled(long receivedAt) {
        open.computeIfPresent(receivedAt, (time, count) -> count == 1 ? null : count - 1);
    }

    /** How long the oldest request has waited for its answer, milliseconds; 0 when none waits. */
    public synchronized long oldestMillis() {
        return open.isEmpty() ? 0 : Math.max(0, clock.millis() - open.firstKey());
    }

    /** The watermark now, epoch milliseconds. */
    public synchronized long now() {
        long now = clock.millis();
        long until = open.isEmpty() ? now : Math.min(now, open.firstKey());
        last = Math.max(last, until - latenessMillis);
        return last;
    }
}
