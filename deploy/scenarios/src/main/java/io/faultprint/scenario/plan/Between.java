package io.faultprint.scenario.plan;

import java.util.SplittableRandom;

/**
 * A range that a run draws one value from; a single value when both ends are the same.
 *
 * @param low smallest
 * @param high largest
 */
public record Between(double low, double high) {

    /** Any value of the range is as likely as any other. */
    double draw(SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }

    /** Spreads by ratio, for factors: 10 to 20 is as wide as 20 to 40. */
    double drawByRatio(SplittableRandom random) {
        return low * StrictMath.pow(high / low, random.nextDouble());
    }
}
