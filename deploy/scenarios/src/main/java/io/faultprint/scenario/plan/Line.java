package io.faultprint.scenario.plan;

/**
 * A log line that an operation prints when it goes well.
 *
 * @param share how often it is printed, 0 to 1
 * @param text the message, with {@code {int:1-9}}, {@code {uuid}} and the like where a value stands
 */
public record Line(double share, String text) {}
