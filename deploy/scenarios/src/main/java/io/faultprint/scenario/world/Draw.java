package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Latency;
import java.util.SplittableRandom;

/** Random draws. Each part of the world has its own stream, so that a fault in one leaves the dice of others alone. */
final class Draw {

    private final SplittableRandom random;

    Draw(long seed, String part) {
        long mixed = seed * 0x9e37_79b9_7f4a_7c15L + part.hashCode();
        this.random = new SplittableRandom(mixed ^ (mixed >>> 29));
    }

    SplittableRandom random() {
        return random;
    }

    double millis(Latency latency) {
        return latency.medianMs() * StrictMath.exp(latency.spread() * gaussian());
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    boolean chance(double share) {
        return share >= 1 || (share > 0 && random.nextDouble() < share);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private double gaussian() {
        // Box and Muller's transform in strict arithmetic: the bytes must not depend on the JDK or the processor.
        return StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
