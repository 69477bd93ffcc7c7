package io.faultprint.correlate.watch;

import java.util.List;
import java.util.Map;

/**
 * What one task says of itself: event time and counts, no clock was asked.
 *
 * @param task its processor and partition, for example {@code services-0}
 * @param inputs the event topics it reads
 * @param ticks the sources it waits for
 * @param openWindows windows with contents that are not closed
 * @param rows rows in each of its stores
 * @param services what it knows of services
 * @param incidents open incidents
 * @param counted what it has counted for good
 */
public record TaskFacts(
        String task,
        List<Input> inputs,
        Ticks ticks,
        int openWindows,
        Map<String, Long> rows,
        Services services,
        int incidents,
        Counted counted) {

    /** A watermark or a closed window before there is one. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /**
     * A partition of an event topic.
     *
     * @param topic the catalogue's name
     * @param watermark epoch milliseconds, or {@link #UNKNOWN}
     */
    public record Input(String topic, int partition, long watermark, List<Door> doors) {

        /** Its name for people and labels. */
        public String name() {
            return topic + "-" + partition;
        }

        /** Whether every door said that nothing follows. */
        boolean ended() {
            return !doors.isEmpty() && doors.stream().allMatch(Door::ended);
        }
    }

    /**
     * A door as one input knows it.
     *
     * @param appended the broker's time of its last heartbeat, epoch milliseconds
     */
    public record Door(String name, long watermark, long appended, boolean ended) {}

    /**
     * Sources of ticks.
     *
     * @param topic where they are read, the catalogue's name
     * @param expected how many there must be; 0 for a task that waits for none, or does not know yet
     */
    public record Ticks(String topic, int partition, int expected, List<Source> sources) {

        public static final Ticks NONE = new Ticks("", 0, 0, List.of());

        public String name() {
            return topic + "-" + partition;
        }

        /** End of the last window that all have closed, or {@link #UNKNOWN}. */
        long upTo() {
            return sources.size() < expected || sources.isEmpty()
                    ? UNKNOWN
                    : sources.stream().mapToLong(Source::upTo).min().orElse(UNKNOWN);
        }

        boolean ended() {
            return expected > 0
                    && sources.size() >= expected
                    && sources.stream().allMatch(Source::ended);
        }
    }

    /** One source of ticks. */
    public record Source(int number, long upTo, boolean ended) {}

    /** Services known, those of them still being learned, and lines counted as flood in the last closed window. */
    public record Services(int known, int learning, long flooded) {

        public static final Services NONE = new Services(0, 0, 0);
    }

    /**
     * Sums that the task keeps in its state, so that they commit with the data.
     *
     * @param topic the input up to whose offset they count
     * @param offset the last offset that they count; -1 when they were just read back from committed state
     * @param totals by name, for example {@code events/logs/late}
     */
    public record Counted(String topic, int partition, long offset, Map<String, Long> totals) {

        public static final Counted NOTHING = new Counted("", 0, -1, Map.of());
    }

    public TaskFacts {
        inputs = List.copyOf(inputs);
        rows = Map.copyOf(rows);
    }
}
