package io.faultprint.correlate.baseline;

/**
 * What it adds that the window before was odd too. If windows were independent the scores would simply add up; trouble
 * and noise both last, so half of what was there before counts, and the sum is at most twice the score of this window.
 */
final class Momentum {

    /** Below this a window is ordinary, and what was before is over. */
    private static final double ORDINARY = 1;

    private Momentum() {}

    /** The score of a window with what the score of the one before adds. */
    static double of(double score, double before) {
        return score < ORDINARY ? score : Math.min(2 * score, score + before / 2);
    }
}
