package io.faultprint.time;

/**
 * How event time is cut: windows [start, end) aligned to the epoch, and how long each waits for events that come late.
 *
 * @param sizeMillis length of a window in milliseconds, above 0
 * @param latenessMillis how far a door's watermark stays behind its events, in milliseconds, 0 or more
 */
public record Windows(long sizeMillis, long latenessMillis) {

    /** Ten seconds, and fifteen more for what comes late. */
    public static final Windows DEFAULT = new Windows(10_000, 15_000);

    public Windows {
        if (sizeMillis <= 0) {
            throw new IllegalArgumentException(
                    "window " + sizeMillis + " ms: a window must be longer than 0 (default 10s)");
        }
        if (latenessMillis < 0) {
            throw new IllegalArgumentException(
                    "lateness " + latenessMillis + " ms: lateness must be 0 or more (default 15s)");
        }
    }

    /** Start of the window that holds {@code time} (epoch milliseconds); also right before 1970. */
    public long startOf(long time) {
        return Math.floorDiv(time, sizeMillis) * sizeMillis;
    }

    /** End, exclusive, of the window that holds {@code time}. */
    public long endOf(long time) {
        return startOf(time) + sizeMillis;
    }

    /** When the window that starts at {@code windowStart} can first be known as a whole: its end plus the lateness. */
    public long knownAt(long windowStart) {
        return windowStart + sizeMillis + latenessMillis;
    }
}
