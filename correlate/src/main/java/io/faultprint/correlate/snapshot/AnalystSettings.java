package io.faultprint.correlate.snapshot;

/**
 * How services are judged.
 *
 * @param learningWindows windows a service must have been seen in before anything of it can surprise
 * @param remarkable strength from which on a window teaches the baselines nothing
 * @param snapshotSurprises surprises a snapshot carries
 * @param digestSurprises surprises a digest carries
 * @param snapshotSignatures signatures a snapshot carries
 * @param snapshotSeries series a snapshot carries
 * @param configuration fingerprint of the configuration, written into each snapshot
 */
public record AnalystSettings(
        int learningWindows,
        double remarkable,
        int snapshotSurprises,
        int digestSurprises,
        int snapshotSignatures,
        int snapshotSeries,
        String configuration) {

    public AnalystSettings {
        if (learningWindows < 1) {
            throw new IllegalArgumentException(
                    "learning windows " + learningWindows + ": must be 1 or more (default 12)");
        }
        if (remarkable <= 0) {
            throw new IllegalArgumentException("remarkable " + remarkable + ": must be above 0 (default 2.5)");
        }
    }

    /** The defaults, under this configuration fingerprint. */
    public static AnalystSettings defaults(String configuration) {
        return new AnalystSettings(12, 2.5, 32, 8, 100, 200, configuration);
    }

    /** The same with another learning phase. */
    public AnalystSettings withLearningWindows(int windows) {
        return new AnalystSettings(
                windows,
                remarkable,
                snapshotSurprises,
                digestSurprises,
                snapshotSignatures,
                snapshotSeries,
                configuration);
    }
}
