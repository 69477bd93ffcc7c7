package io.faultprint.correlate.cluster;

/**
 * When an incident has settled, and when two incidents are the same failure.
 *
 * @param quietWindows windows without a new service or signature after which an incident has settled
 * @param latestWindows windows after which it has settled in any case
 * @param similarity similarity (0 to 1) from which an incident joins a cluster
 * @param margin how much more similar the best cluster must be than the best one of another failure
 * @param most clusters kept per environment; beyond it the one longest unseen is forgotten
 * @param features features kept of a fingerprint, heaviest first
 */
public record ClusterSettings(
        int quietWindows, int latestWindows, double similarity, double margin, int most, int features) {

    /** The defaults; why these, is in RATIONALE.md. */
    public static final ClusterSettings DEFAULT = new ClusterSettings(3, 6, 0.55, 0.1, 1_000, 60);

    public ClusterSettings {
        if (quietWindows < 1 || latestWindows < quietWindows) {
            throw new IllegalArgumentException(
                    "a cluster settles after " + quietWindows + " quiet windows, at the latest"
                            + " after " + latestWindows + ": both must be 1 or more, and the first not above the second"
                            + " (default 3 and 6)");
        }
        if (!(similarity > 0) || !(similarity <= 1) || !(margin >= 0) || !(margin < 1)) {
            throw new IllegalArgumentException("cluster similarity " + similarity + ", margin " + margin
                    + ": use shares of 1, similarity above 0 (default 0.55 and 0.1)");
        }
        if (most < 1 || features < 1) {
            throw new IllegalArgumentException(
                    "clusters " + most + ", features " + features + ": both must be 1 or more (default 1000 and 60)");
        }
    }
}
