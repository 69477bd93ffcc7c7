package io.faultprint.correlate.watermark;

import io.faultprint.correlate.state.TickRow;
import io.faultprint.snapshot.Tick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far the sources of ticks have come together: the least over all of them, and unknown until each has ticked. */
public final class TickClock {

    private static final class Source {
        private long upTo;
        private boolean ended;
        private final Gaps blind;

        private Source(long upTo, boolean ended, Gaps blind) {
            this.upTo = upTo;
            this.ended = ended;
            this.blind = blind;
        }
    }

    private final int sources;
    private final Map<Integer, Source> bySource = new TreeMap<>();

    /**
     * A clock over this many sources.
     *
     * @param rows what was stored of each source, by its number
     */
    public TickClock(int sources, Map<Integer, TickRow> rows) {
        this.sources = sources;
        rows.forEach((number, row) ->
                bySource.put(number, new Source(row.getUpTo(), row.getEnded(), new Gaps(row.getBlind()))));
    }

    /** Takes in a tick; {@code windowMillis} is the length of the window that its source closed first, if it is its first. */
    public void tick(Tick tick, long windowMillis) {
        Source source = bySource.computeIfAbsent(
                tick.getSource(), number -> new Source(tick.getUpTo() - windowMillis, false, new Gaps()));
        if (!tick.getCovered()) {
            source.blind.add(source.upTo, tick.getUpTo());
        }
        source.upTo = Math.max(source.upTo, tick.getUpTo());
        // A run goes on where a door comes back after its end.
        source.ended = tick.getEnded();
    }

    /** End of the last window that every source has closed; {@link PartitionClock#UNKNOWN} until each has ticked. */
    public long upTo() {
        if (bySource.size() < sources) {
            return PartitionClock.UNKNOWN;
        }
        return bySource.values().stream().mapToLong(source -> source.upTo).min().orElse(PartitionClock.UNKNOWN);
    }

    /** Whether no source closed a part of [from, until) blind. */
    public boolean covered(long from, long until) {
        return bySource.values().stream().noneMatch(source -> source.blind.touch(from, until));
    }

    /** Whether the run is over for every source. */
    public boolean ended() {
        return bySource.size() >= sources && bySource.values().stream().allMatch(source -> source.ended);
    }

    /** What to store of every source that has ticked, by its number. */
    public Map<Integer, TickRow> rows() {
        Map<Integer, TickRow> rows = new TreeMap<>();
        bySource.keySet().forEach(number -> rows.put(number, row(number)));
        return rows;
    }

    /** What to store of one source that has ticked. */
    public TickRow row(int number) {
        Source source = bySource.get(number);
        if (source == null) {
            throw new IllegalArgumentException(
                    "source " + number + " has not ticked; known are " + List.copyOf(bySource.keySet()));
        }
        return new TickRow(source.upTo, source.ended, source.blind.rows());
    }
}
