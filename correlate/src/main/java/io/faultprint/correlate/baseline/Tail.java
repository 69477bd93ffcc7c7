package io.faultprint.correlate.baseline;

/**
 * Tail probabilities as scores: minus log10 of how often a healthy service looks at least this odd.
 *
 * <p>Student's t with four degrees of freedom stands for "roughly normal, but we have seen little and services have
 * heavy tails": ten spreads away are one window in 3,500, not one in the age of the universe.
 */
final class Tail {

    private Tail() {}

    /**
     * P(T ≥ z) for Student's t with four degrees of freedom, in closed form: with s = z / √(4 + z²) it is
     * (1 − s)² (2 + s) / 4, and 1 − s is computed without cancellation.
     */
    static double above(double z) {
        double root = Math.sqrt(4 + z * z);
        double s = z / root;
        double rest = z > 0 ? 4 / (root * (root + z)) : 1 - s;
        return rest * rest * (2 + s) / 4;
    }

    /** The z that is reached or passed with this probability, from above 0 to 0.5: the inverse of {@link #above}. */
    static double reached(double probability) {
        double root = Math.sqrt(4 * probability * (1 - probability));
        double quotient = StrictMath.cos(StrictMath.acos(Math.min(1, root)) / 3) / root;
        return 2 * Math.sqrt(Math.max(0, quotient - 1));
    }

    /** The score of a probability; never negative. */
    static double score(double probability) {
        return Math.max(0, -StrictMath.log10(Math.max(probability, 1e-300)));
    }
}
