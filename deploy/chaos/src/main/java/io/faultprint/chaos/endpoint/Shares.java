package io.faultprint.chaos.endpoint;

import java.util.SplittableRandom;

/** Draws of one seed. Safe for many threads; which thread gets which draw is the machine's affair. */
final class Shares {

    private final SplittableRandom random;

    Shares(long seed) {
        random = new SplittableRandom(seed);
    }

    synchronized boolean draw(double share) {
        return random.nextDouble() < share;
    }

    static void check(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + ": must be from 0 to 1");
        }
    }
}
