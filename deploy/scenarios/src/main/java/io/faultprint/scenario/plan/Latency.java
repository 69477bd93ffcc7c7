package io.faultprint.scenario.plan;

/**
 * A log-normal duration, which is what service times look like: no negative values and a tail to the right.
 *
 * @param medianMs half of all draws are below this, in milliseconds
 * @param spread standard deviation of the logarithm; 0 is a constant
 */
public record Latency(double medianMs, double spread) {}
