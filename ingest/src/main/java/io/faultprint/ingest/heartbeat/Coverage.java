package io.faultprint.ingest.heartbeat;

import io.faultprint.event.Heartbeat;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when a door has seen everything, for each partition by itself. When Kafka did not take a heartbeat it did not take
 * events either: they went back to their senders, who may have given them up. So a new epoch begins, and the stretch
 * between the last heartbeat that was taken and this one is covered by nobody: no silence is made of it.
 */
public final class Coverage {

    private record Partition(String topic, int number) {}

    private static final class Stretch {
        private long epoch;
        private long coveredFrom;
        private boolean broken;

        private Stretch(long epoch, long coveredFrom) {
            this.epoch = epoch;
            this.coveredFrom = coveredFrom;
        }
    }

    private final Map<Partition, Stretch> stretches = new HashMap<>();
    private final String door;
    private final long epoch;
    private final long coveredFrom;
    private final InstantSource clock;

    /**
     * The coverage of a door that starts.
     *
     * @param epoch of this start; later epochs are at least the milliseconds of their beginning, as those of starts are
     * @param coveredFrom from when on it sees everything, epoch milliseconds. What was sent while it was down may have been
     *     given up by its sender, so the time before stays uncovered.
     */
    public Coverage(String door, long epoch, long coveredFrom, InstantSource clock) {
        this.door = door;
        this.epoch = epoch;
        this.coveredFrom = coveredFrom;
        this.clock = clock;
    }

    /** What the door says to a partition now. */
    public synchronized Heartbeat word(String topic, int partition, long watermark) {
        Stretch stretch = stretch(topic, partition);
        if (stretch.broken) {
            long now = clock.millis();
            stretch.epoch = Math.max(stretch.epoch + 1, now);
            stretch.coveredFrom = Math.max(stretch.coveredFrom, now);
            stretch.broken = false;
        }
        return new Heartbeat(door, stretch.epoch, stretch.coveredFrom, watermark, false, false);
    }

    /** Kafka did not take what was said to a partition. */
    public synchronized void refused(String topic, int partition) {
        stretch(topic, partition).broken = true;
    }

    private Stretch stretch(String topic, int partition) {
        return stretches.computeIfAbsent(new Partition(topic, partition), unheard -> new Stretch(epoch, coveredFrom));
    }
}
