package io.faultprint.scenario;

/**
 * What became of the events that were offered. Invariant once the sender is closed:
 * {@code offered = acknowledged + failed + dropped}; before that, the difference is queued or on its way.
 *
 * @param offered events given to the sender
 * @param acknowledged answered with 2xx
 * @param failed refused for good, or given up after the last attempt
 * @param dropped not sent, because the queue was full or the player stopped
 * @param retries requests that were sent again
 */
public record Deliveries(long offered, long acknowledged, long failed, long dropped, long retries) {}
