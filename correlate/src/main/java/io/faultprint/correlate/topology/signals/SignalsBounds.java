package io.faultprint.correlate.topology.signals;

/**
 * What one partition may hold, whatever is sent; LIMITS.md says what each costs and what happens beyond it.
 *
 * @param services services known, and as many strangers in one open window
 * @param points series and instances of one service in one window
 * @param series series and operations of one service that have a baseline of their own
 * @param baselines the same of all services
 * @param signatures signatures of one service
 * @param allSignatures the same of all services
 * @param waitingSpans spans that wait for their families
 * @param batches parts of senders' batches, of 1,024 events, that are remembered per topic
 * @param windowBytes memory for the rows of open windows
 * @param windowsAhead how many windows one input may be ahead of what is closed before it has to wait for the others
 */
public record SignalsBounds(
        int services,
        int points,
        int series,
        int baselines,
        int signatures,
        int allSignatures,
        int waitingSpans,
        int batches,
        long windowBytes,
        int windowsAhead) {

    /** The defaults, for four partitions in a heap of 512 MB. */
    public static final SignalsBounds DEFAULT =
            new SignalsBounds(1_000, 5_000, 1_000, 20_000, 2_000, 10_000, 15_000, 10_000, 16L << 20, 12);

    public SignalsBounds {
        if (services < 1
                || points < 1
                || series < 1
                || baselines < series
                || signatures < 1
                || allSignatures < signatures
                || waitingSpans < 10
                || batches < 1
                || windowBytes < 1 << 10
                || windowsAhead < 2) {
            throw new IllegalArgumentException("bounds " + services + " services, " + points + " points, " + series
                    + " series of " + baselines + " baselines, " + signatures + " signatures of " + allSignatures + ", "
                    + waitingSpans + " waiting spans, " + batches + " batches, " + windowBytes + " bytes of windows, "
                    + windowsAhead
                    + " windows ahead: each must be 1 or more (spans 10, bytes 1024, ahead 2), and what all services"
                    + " have no less than what one may");
        }
    }
}
