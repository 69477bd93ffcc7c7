package io.faultprint.evaluate.score;

/**
 * A share and its 95 % interval by Wilson's formula, which also holds for few cases and for shares near 0 and 1.
 *
 * @param hits of them so many
 * @param of all
 */
public record Interval(long hits, long of) {

    private static final double Z = 1.96;

    /** The share; not a number when there is nothing to share. */
    public double share() {
        return of == 0 ? Double.NaN : (double) hits / of;
    }

    /** The lower end. */
    public double low() {
        return of == 0 ? 0 : (middle() - half()) / (1 + Z * Z / of);
    }

    /** The upper end. */
    public double high() {
        return of == 0 ? 1 : (middle() + half()) / (1 + Z * Z / of);
    }

    /** Both together. */
    public Interval plus(Interval other) {
        return new Interval(hits + other.hits, of + other.of);
    }

    private double middle() {
        return share() + Z * Z / (2.0 * of);
    }

    private double half() {
        double share = share();
        return Z * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
    }
}
