package io.faultprint.scenario.plan;

/**
 * A harmless line that a service prints now and then, at random moments.
 *
 * @param level its severity
 * @param everySeconds mean time between two, per service
 * @param text the message with its placeholders
 */
public record Noise(Level level, double everySeconds, String text) {}
