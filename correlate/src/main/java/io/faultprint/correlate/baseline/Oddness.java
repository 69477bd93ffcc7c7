package io.faultprint.correlate.baseline;

/**
 * A value beside its baseline.
 *
 * @param observed the value
 * @param expected the baseline's middle
 * @param low lower end of what the baseline expects
 * @param high upper end of what the baseline expects
 * @param score minus log10 of how often a healthy service looks at least this odd; 0 when it is ordinary
 * @param history windows the baseline has learned from
 */
public record Oddness(double observed, double expected, double low, double high, double score, int history) {

    /** Whether the value is above what was expected. */
    public boolean up() {
        return observed > expected;
    }
}
