package io.faultprint.diagnose.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many calls in any hour. In memory: a process that restarts begins with a full one. */
public final class Budget {

    private static final Duration SPAN = Duration.ofHours(1);

    private final int perHour;
    private final InstantSource clock;
    private final Deque<Instant> calls = new ArrayDeque<>();

    public Budget(int perHour, InstantSource clock) {
        this.perHour = perHour;
        this.clock = clock;
    }

    /** Takes one call out of the budget; false when there is none left. */
    synchronized boolean take() {
        Instant now = clock.instant();
        forget(now);
        if (calls.size() >= perHour) {
            return false;
        }
        calls.addLast(now);
        return true;
    }

    /** Calls that may still be made now. */
    synchronized int left() {
        forget(clock.instant());
        return Math.max(0, perHour - calls.size());
    }

    private void forget(Instant now) {
        while (!calls.isEmpty() && !calls.getFirst().isAfter(now.minus(SPAN))) {
            calls.removeFirst();
        }
    }

    int perHour() {
        return perHour;
    }
}
