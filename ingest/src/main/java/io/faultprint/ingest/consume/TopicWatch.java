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
    private volatile long reached = Progress.UNKNOWN;
    private volatile long lag;
    private volatile String trouble = "it has not joined its group yet";
    private volatile String endTrouble = "";
    private volatile boolean waiting;
    private volatile boolean speaks = true;
    private volatile boolean spoken;
    private volatile long spokeAt;
    private volatile long missingSince;
    private volatile long readsSince;
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
        Gauge.builder("faultprint.ingest.topic.missing", () -> missingSince == 0 ? 0 : 1)
                .description("1 while the topic that a door is bound to does not exist")
                .tag("door", door)
                .register(meters);
    }

    /** A record has been handed to the open transaction. */
    void open(Tally tally) {
        events += tally.events();
        letters += tally.deadLetters();
        dropped += tally.dropped();
    }

    /**
     * A transaction is committed.
     *
     * @param word what it promised; null when nothing
     * @param speaker whether this instance is the one that speaks for the topic
     * @param come how far its partitions have come, epoch milliseconds, or {@link Progress#UNKNOWN}
     * @param unknown why it is not known where partitions end; empty when it is
     */
    void committed(@Nullable Heartbeat word, boolean speaker, long come, long behind, String unknown) {
        commits.increment();
        nothingOpen();
        alive = clock.millis();
        waiting = false;
        missingSince = 0;
        readsSince = readsSince == 0 ? alive : readsSince;
        lag = behind;
        reached = come;
        endTrouble = unknown;
        speaks = speaker;
        if (word != null) {
            spoken = true;
            spokeAt = alive;
        }
    }

    /** The session has broken; what its transaction held is read again. */
    Tally broken(String why) {
        aborts.increment();
        trouble = why;
        waiting = false;
        Tally open = new Tally(events, letters, dropped);
        nothingOpen();
        return open;
    }

    /** No partition is ours: others read them all, or there is no such topic. */
    void waits(String topic, Surveyor.There there) {
        waiting = true;
        alive = clock.millis();
        readsSince = 0;
        trouble = "no partition of topic " + topic + " is read here: other instances read all of it";
        switch (there) {
            case YES -> {
                missingSince = 0;
                speaks = false;
                reached = Progress.UNKNOWN;
                lag = 0;
            }
            case NO -> {
                // Nobody reads it, so whoever knows a promise holds it: an old answer may have said that others would.
                missingSince = missingSince == 0 ? alive : missingSince;
                speaks = true;
            }
            case UNKNOWN -> {
                // As before: who does not answer takes nothing back.
            }
        }
    }

    /**
     * Whether the last promise is due to be repeated: this instance is the one that speaks, or nobody can for want of the
     * topic, and it has not for a while, or not yet.
     * A door that falls silent would be dropped by its readers, and then all that comes by it looks silent and is not.
     */
    boolean repeats(long afterMillis) {
        long now = clock.millis();
        boolean due = speaks && now - spokeAt > afterMillis;
        spokeAt = due ? now : spokeAt;
        return due;
    }

    private void nothingOpen() {
        events = 0;
        letters = 0;
        dropped = 0;
    }

    /** Whether it has promised something, or has nothing to promise by itself. */
    boolean settled() {
        return waiting || spoken || (!speaks && reached != Progress.UNKNOWN);
    }

    Sight look() {
        List<PulseReason> reasons = new ArrayList<>();
        long now = clock.millis();
        long missing = missingSince;
        long come = reached;
        if (missing > 0) {
            if (now - missing > patienceMillis) {
                reasons.add(new PulseReason(
                        spoken ? PulseCause.DOOR_HELD : PulseCause.DOOR_SILENT,
                        door,
                        missing,
                        "topic " + door.substring(TopicDoor.KIND.length())
                                + " does not exist; create it, or take it out" + " of ingest's topics"));
            }
        } else if (waiting) {
            return new Sight(reasons, null, 0, 0);
        } else if (now - alive > patienceMillis) {
            reasons.add(held(alive, "nothing was committed for " + (now - alive) / 1_000 + " s: " + trouble));
        } else if (come == Progress.UNKNOWN ? now - readsSince > 2 * patienceMillis : now - come > 2 * patienceMillis) {
            long since = come == Progress.UNKNOWN ? readsSince : come;
            reasons.add(
                    lag > 0
                            ? new PulseReason(
                                    PulseCause.BEHIND,
                                    door,
                                    since,
                                    "door " + door + ": " + lag + " records wait to be read")
                            : held(
                                    since,
                                    "it is not known where its partitions end"
                                            + (endTrouble.isEmpty() ? ", Kafka does not answer" : ": " + endTrouble)));
        }
        return new Sight(reasons, come == Progress.UNKNOWN ? null : (Long) come, lag, 0);
    }

    private PulseReason held(long since, String why) {
        return new PulseReason(PulseCause.DOOR_HELD, door, since, "door " + door + ": " + why);
    }

    private Counter transactions(MeterRegistry meters, String outcome) {
        return Counter.builder("faultprint.ingest.transactions")
                .description("Transactions of a topic's door, by outcome")
                .tag("door", door)
                .tag("outcome", outcome)
                .register(meters);
    }
}
