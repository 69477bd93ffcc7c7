package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.CloseRow;
import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.time.Windows;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Closes a task's windows in order, as its watermark allows. Windows that nobody covered and that hold nothing are
 * passed over in one step, so that a long stop costs nothing.
 */
final class Closing {

    /** How long after the last windows the next are closed, when one step was not enough. */
    static final Duration PAUSE = Duration.ofMillis(50);

    /** At most so many windows in one step, so that catching up never holds up a transaction; the rest follows. */
    private static final int PER_STEP = 50;

    /** Event topics keep a week: what a door covered before cannot be read any more, so it is not called silence. */
    private static final Duration FARTHEST_BACK = Duration.ofDays(7);

    private static final int MOST_COUNTED = 1_000;

    private static final char KEY = 'w';

    /** What a task does with its windows. */
    interface Task {

        /** How far its sources have come. */
        long watermark();

        /** How far its own event topics have come, whatever other tasks have told it. */
        long promised();

        /** The earliest time that its sources cover. */
        long coveredSince();

        boolean covered(long start, long end);

        /** Where coverage can begin again after an uncovered stretch that touches [start, end). */
        long uncoveredUntil(long start, long end);

        /** Whether its sources are done: nothing follows. */
        boolean ended();

        /** Closes one window and sends what is known of it. */
        void close(long start, boolean covered);

        /** Says that every window up to here is closed, the latest covered or not. */
        void tick(long upTo, boolean covered, boolean ended);
    }

    private final Rows clockRows;
    private final Rows windowRows;
    private final Windows windows;
    private final Task task;
    private @Nullable Long upTo;
    private boolean ended;

    /**
     * @param clockRows where the task keeps how far it is
     * @param windowRows where the task keeps rows of open windows, under {@link #windowKey}
     */
    Closing(Rows clockRows, Rows windowRows, Windows windows, Task task) {
        this.clockRows = clockRows;
        this.windowRows = windowRows;
        this.windows = windows;
        this.task = task;
        CloseRow row = clockRows.get(RowKey.of(KEY), CloseRow.class);
        if (row != null) {
            upTo = row.getUpTo();
            ended = row.getEnded();
        }
    }

    /** Key of the rows of one window. */
    static RowKey windowKey(long start) {
        return RowKey.of(KEY).then(start);
    }

    /** End of the last window that is closed; {@link PartitionClock#UNKNOWN} before the first. */
    long upTo() {
        return upTo == null ? PartitionClock.UNKNOWN : upTo;
    }

    /** How many windows hold rows and are not closed; counted up to a thousand. */
    int open() {
        int open = 0;
        long from = upTo == null ? Long.MIN_VALUE : upTo;
        Bytes row = windowRows.firstKey(windowKey(from), RowKey.of(KEY));
        while (row != null && open < MOST_COUNTED) {
            open++;
            row = windowRows.firstKey(windowKey(window(row) + windows.sizeMillis()), RowKey.of(KEY));
        }
        return open;
    }

    /** Closes what can be closed now. */
    void advance() {
        long watermark = task.watermark();
        if (watermark == PartitionClock.UNKNOWN) {
            return;
        }
        long next = upTo == null ? first(watermark) : upTo;
        for (int closed = 0; closed < PER_STEP && next + windows.sizeMillis() <= watermark; closed++) {
            next = one(next, watermark);
        }
        boolean over = task.ended() && next + windows.sizeMillis() > watermark;
        if (over && !ended) {
            ended = true;
            task.tick(next, false, true);
            store(next);
        } else if (ended && !task.ended()) {
            // A door came back: the run goes on, and its next end is to be told again.
            ended = false;
            store(next);
        }
    }

    private long one(long start, long watermark) {
        long end = start + windows.sizeMillis();
        if (!task.covered(start, end)) {
            long passed = passOver(start, watermark);
            if (passed > start) {
                task.tick(passed, false, false);
                store(passed);
                return passed;
            }
        }
        boolean covered = task.covered(start, end);
        task.close(start, covered);
        task.tick(end, covered, false);
        store(end);
        return end;
    }

    /** The start of the first window from here on that is covered, holds rows, or is still open. */
    private long passOver(long start, long watermark) {
        Bytes row = windowRows.firstKey(windowKey(start), RowKey.of(KEY));
        long firstRow = row == null ? Long.MAX_VALUE : window(row);
        long at = start;
        while (at + windows.sizeMillis() <= watermark
                && at < firstRow
                && !task.covered(at, at + windows.sizeMillis())) {
            // In one leap: one event of 1970 would else cost a look at each of its two hundred million successors.
            long bound = Math.min(watermark, firstRow);
            long again = Math.min(bound, task.uncoveredUntil(at, at + windows.sizeMillis()));
            at = Math.max(at + windows.sizeMillis(), windows.startOf(again));
        }
        return at;
    }

    private long first(long watermark) {
        Bytes row = windowRows.firstKey(RowKey.of(KEY), RowKey.of(KEY));
        long firstRow = row == null ? Long.MAX_VALUE : window(row);
        long since = Math.max(task.coveredSince(), task.promised() - FARTHEST_BACK.toMillis());
        long firstCovered = windows.startOf(Math.min(since, watermark));
        return Math.min(firstRow, firstCovered);
    }

    private void store(long closedUpTo) {
        upTo = closedUpTo;
        clockRows.put(RowKey.of(KEY), new CloseRow(closedUpTo, ended));
    }

    private static long window(Bytes key) {
        RowKey.Parts parts = new RowKey.Parts(key);
        parts.kind();
        return parts.number();
    }
}
