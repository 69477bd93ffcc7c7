package io.faultprint.chaos.world;

/**
 * The end of a stage's process.
 *
 * @param stage its slot, such as {@code correlate-1}
 * @param code the exit code; 137 after SIGKILL
 * @param meant whether a fault ended it
 * @param nanos when, by {@link System#nanoTime()}
 */
public record Exit(String stage, int code, boolean meant, long nanos) {}
