package io.faultprint.scenario.plan;

import io.faultprint.runtime.UsageError;

/**
 * What a run may choose. Given the scenario and these, everything else follows.
 *
 * @param seed of every random choice
 * @param learningSeconds quiet time before the first fault
 * @param faultSeconds how long each fault lasts
 * @param gapSeconds quiet time between two faults, at least; up to a third more is drawn
 * @param faults how many faults, the recurrence included; 0 for a healthy run
 * @param requestsPerSecond at the edge; 0 takes the scenario's own rate
 */
public record Settings(
        long seed, int learningSeconds, int faultSeconds, int gapSeconds, int faults, double requestsPerSecond) {

    /** Checks the ranges; complaints name the option as the command line calls it. */
    public Settings {
        range("--learning", learningSeconds, 0, 604_800);
        range("--fault-seconds", faultSeconds, 1, 86_400);
        range("--gap", gapSeconds, 0, 86_400);
        range("--faults", faults, 0, 10_000);
        if (!(requestsPerSecond >= 0 && requestsPerSecond <= 5000)) {
            throw new UsageError("--rate " + requestsPerSecond + ": must be from 0 (the scenario's own) to 5000");
        }
    }

    /** Two minutes to learn, then six faults of a minute each. */
    public static Settings of(long seed) {
        return new Settings(seed, 120, 60, 60, 6, 0);
    }

    /** As many faults as fit into this many minutes, after a sixth of them (2 to 15 minutes) to learn. */
    public static Settings filling(long seed, int minutes, boolean faults) {
        range("--minutes", minutes, 1, 100_000);
        int learning = Math.max(120, Math.min(900, minutes * 10));
        int each = 90 + 240;
        int count = Math.max(0, (minutes * 60 - learning - 60) / each);
        return new Settings(seed, learning, 90, 180, faults ? count : 0, 0);
    }

    /** The same with another rate at the edge. */
    public Settings withRate(double rate) {
        return new Settings(seed, learningSeconds, faultSeconds, gapSeconds, faults, rate);
    }

    /** The same with another number of faults. */
    public Settings withFaults(int count) {
        return new Settings(seed, learningSeconds, faultSeconds, gapSeconds, count, requestsPerSecond);
    }

    private static void range(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new UsageError(option + " " + value + ": must be from " + min + " to " + max);
        }
    }
}
