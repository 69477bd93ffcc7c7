package io.faultprint.ingest.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds a replay to its speed: an event time is due when as much time has passed since the begin as the speed asks for.
 * A replay that fell behind is not held until it has caught up.
 */
public final class Pace {

    /** How waiting is done; a test does it in no time. */
    public interface Sleeper {

        /** Returns after about this long, which is above 0. */
        void sleep(Duration time) throws InterruptedException;
    }

    private final Speed speed;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private Instant begun = Instant.EPOCH;
    private long from;

    /** A pace by this clock. */
    public Pace(Speed speed, InstantSource clock, Sleeper sleeper) {
        this.speed = speed;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** No pace at all. */
    static Pace free() {
        return new Pace(Speed.MAX, () -> Instant.EPOCH, time -> {});
    }

    boolean isFree() {
        return speed.isMax();
    }

    /** From here on: this event time is now. */
    void begin(long eventTime) {
        from = eventTime;
        begun = clock.instant();
    }

    /**
     * Returns when the event time is due.
     *
     * @throws ReplayStopped when the thread is interrupted
     */
    void await(long eventTime) {
        if (isFree()) {
            return;
        }
        Instant due = due(eventTime);
        for (Instant now = clock.instant(); now.isBefore(due); now = clock.instant()) {
            try {
                sleeper.sleep(Duration.between(now, due));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ReplayStopped();
            }
        }
    }

    /** By how many milliseconds this event time is overdue. */
    long behindMillis(long eventTime) {
        return isFree()
                ? 0
                : Math.max(0, Duration.between(due(eventTime), clock.instant()).toMillis());
    }

    private Instant due(long eventTime) {
        return begun.plusNanos((long) ((eventTime - from) * 1e6 / speed.factor()));
    }
}
