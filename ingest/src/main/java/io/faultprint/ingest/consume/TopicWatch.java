package io.faultprint.ingest.consume;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a topic's door sees: it commits, and is not far behind. Written by the door's thread, read by others. */
final class TopicWatch {

    private final String door;
    private final InstantSource clock;
    private final long patienceMillis;
    private final Counter commits;
    private final Counter aborts;
    private volatile long alive;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long lag;
    private volatile String trouble = "it has not joined its group yet";
    private volatile boolean waiting;
    private int events;
    private int letters;
    private int dropped;

    TopicWatch(String door, Duration patience, InstantSource clock, MeterRegistry meters) {
        this.door = door;
        this.clock = clock;
        this.patienceMillis = patience.toMillis();
        this.alive = clock.millis();
        this.commits = transactions(meters, "committed");
        this.aborts = transactions(meters, "aborted");
        Gauge.builder("faultprint.ingest.topic.lag", () -> lag)
                .description("Records of the topic that wait to be read by this instance, as far as is known")
                .tag("door", door)
                .register(meters);
    }

    /** A record has been handed to the open transaction. */
    void open(Tally tally) {
        events += tally.events();
        letters += tally.deadLetters();
        dropped += tally.dropped();
    }

    void committed(@Nullable Heartbeat word, long behind) {
        commits.increment();
        nothingOpen();
        alive = clock.millis();
        waiting = false;
        lag = behind;
        watermark = word == null ? watermark : word.getWatermark();
    }

    /** The session has broken; what its transaction held is read again. */
    Tally broken(String why) {
        aborts.increment();
        trouble = why;
        Tally open = new Tally(events, letters, dropped);
        nothingOpen();
        return open;
    }

    /** No partition is ours: others read them all, or there is no such topic. */
    void waits(String topic) {
        waiting = true;
        trouble =
                "no partition of topic " + topic + " is read here: it is not there, or other instances read all of it";
    }

    private void nothingOpen() {
        events = 0;
        letters = 0;
        dropped = 0;
    }

    boolean settled() {
        return waiting || watermark != Long.MIN_VALUE;
    }

    Sight look() {
        List<PulseReason> reasons = new ArrayList<>();
        long silent = clock.millis() - alive;
        if (silent > patienceMillis && !waiting) {
            reasons.add(new PulseReason(
                    PulseCause.DOOR_HELD,
                    door,
                    alive,
                    "door " + door + ": nothing was committed for " + silent / 1_000 + " s: " + trouble));
        } else if (watermark != Long.MIN_VALUE && lag > 0 && clock.millis() - watermark > 2 * patienceMillis) {
            reasons.add(new PulseReason(
                    PulseCause.BEHIND, door, watermark, "door " + door + ": " + lag + " records wait to be read"));
        }
        return new Sight(reasons, watermark == Long.MIN_VALUE ? null : (Long) watermark, lag, 0);
    }

    private Counter transactions(MeterRegistry meters, String outcome) {
        return Counter.builder("faultprint.ingest.transactions")
                .description("Transactions of a topic's door, by outcome")
                .tag("door", door)
                .tag("outcome", outcome)
                .register(meters);
    }
}
