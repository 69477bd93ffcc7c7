package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.time.Windows;
import org.apache.kafka.common.TopicPartition;

/** Tells the brakes how far the inputs of one task are ahead of what it has closed. */
final class Pace {

    /** When the rows of open windows take up half of their memory, inputs may be no farther ahead than this. */
    private static final int NARROW = 2;

    private final Brakes brakes;
    private final Windows windows;
    private final SignalsBounds bounds;
    private final Rows windowRows;

    Pace(Brakes brakes, Windows windows, SignalsBounds bounds, Rows windowRows) {
        this.brakes = brakes;
        this.windows = windows;
        this.bounds = bounds;
        this.windowRows = windowRows;
    }

    /**
     * Reports one input.
     *
     * @param watermark how far the input is
     * @param slowest how far the slowest input of the task is
     * @param closed end of the last closed window; {@link PartitionClock#UNKNOWN} before the first
     * @param abreast whether other tasks of this kind must not be left far behind
     */
    void report(TopicPartition input, long watermark, long slowest, long closed, boolean abreast) {
        int most = windowRows.weight() > bounds.windowBytes() / 2 ? NARROW : bounds.windowsAhead();
        brakes.report(
                input,
                new Brakes.Input(
                        ahead(watermark, slowest, closed),
                        most * windows.sizeMillis(),
                        abreast ? closed : Long.MIN_VALUE));
    }

    void end(TopicPartition input) {
        brakes.release(input);
    }

    private static long ahead(long watermark, long slowest, long closed) {
        if (watermark == PartitionClock.UNKNOWN) {
            return 0;
        } else if (closed != PartitionClock.UNKNOWN) {
            return watermark - closed;
        }
        return slowest == PartitionClock.UNKNOWN ? Long.MAX_VALUE : watermark - slowest;
    }
}
