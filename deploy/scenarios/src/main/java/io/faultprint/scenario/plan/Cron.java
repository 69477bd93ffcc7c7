package io.faultprint.scenario.plan;

/**
 * A burst of lines at fixed times, as scheduled jobs print them.
 *
 * @param everySeconds from burst to burst
 * @param lines how many lines a burst has
 * @param text the message with its placeholders
 */
public record Cron(int everySeconds, int lines, String text) {}
