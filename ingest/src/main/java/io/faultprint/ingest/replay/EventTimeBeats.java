package io.faultprint.ingest.replay;

import io.faultprint.event.Heartbeat;
import io.faultprint.time.Windows;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The replay door's heartbeats: in event time, at each window boundary that the watermark passes, and never more than
 * thirty windows ahead of the slowest reader, whose open windows are what it must hold in memory.
 */
final class EventTimeBeats {

    static final int WINDOWS_AHEAD = 30;

    /** A gap of more windows than this is passed in one step: its windows hold nothing but silence. */
    private static final int LONGEST_WALK = 720;

    private final Windows windows;
    private final LongSupplier upTo;
    private final Consumer<Heartbeat> sink;
    private final long coveredFrom;
    private long watermark;

    EventTimeBeats(Windows windows, long begin, LongSupplier upTo, Consumer<Heartbeat> sink) {
        this.windows = windows;
        this.upTo = upTo;
        this.sink = sink;
        this.coveredFrom = windows.startOf(begin);
        this.watermark = coveredFrom - windows.latenessMillis();
        beat(watermark, false);
    }

    /** The events have reached this time: everything before it, less the lateness, is complete. */
    void reached(long time) {
        long target = windows.startOf(time - windows.latenessMillis());
        if (target - watermark > LONGEST_WALK * windows.sizeMillis()) {
            beat(target - windows.sizeMillis(), false);
        }
        while (watermark < target) {
            beat(Math.min(target, windows.endOf(watermark)), false);
        }
    }

    /** The event time at which the next heartbeat is due. */
    long nextDue() {
        return windows.endOf(watermark) + windows.latenessMillis();
    }

    /** The last event was at this time: closes its window, and holds nobody back any more. */
    void end(long lastTime) {
        reached(lastTime);
        beat(Math.max(watermark, windows.endOf(lastTime)), true);
    }

    long coveredFrom() {
        return coveredFrom;
    }

    private void beat(long next, boolean last) {
        long behind = watermark - WINDOWS_AHEAD * windows.sizeMillis();
        // Not by their difference: a reader that lets the replay run free is at Long.MAX_VALUE.
        while (Math.max(upTo.getAsLong(), coveredFrom) < behind) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ReplayStopped();
            }
            LockSupport.parkNanos(2_000_000);
        }
        watermark = next;
        sink.accept(new Heartbeat(Replay.DOOR, 1L, coveredFrom, next, last, false));
    }
}
