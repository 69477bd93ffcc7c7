package io.faultprint.correlate.watermark;

import io.faultprint.correlate.state.TickRow;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.Tick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** End of the last window that one source has closed; {@link PartitionClock#UNKNOWN} until it has ticked. */
    public long upTo(int number) {
        Source source = bySource.get(number);
        return source == null ? PartitionClock.UNKNOWN : source.upTo;
    }

    /** A tick that takes back what its source has said cannot be the source's; null when it does not. */
    public @Nullable Refusal behind(Tick tick) {
        long upTo = upTo(tick.getSource());
        return upTo == PartitionClock.UNKNOWN || tick.getUpTo() >= upTo
                ? null
                : new Refusal(
                        Cause.BAD_TIME,
                        "a tick of source " + tick.getSource() + " up to " + tick.getUpTo()
                                + ", which had ticked up to " + upTo + ": ticks never go back");
    }

    /** The end of the stretch that a source closed blind and that touches [from, until); {@code from} when there is none. */
    public long uncoveredUntil(long from, long until) {
        return bySource.values().stream()
                .mapToLong(source -> source.blind.touchedUntil(from, until))
                .max()
                .orElse(from);
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
