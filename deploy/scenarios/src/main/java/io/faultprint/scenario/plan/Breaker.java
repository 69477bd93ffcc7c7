package io.faultprint.scenario.plan;

/**
 * A circuit breaker of a call, one per instance of the caller.
 *
 * @param share the share of the last twenty calls that must fail for it to open
 * @param seconds how long it stays open before it lets one call try
 */
public record Breaker(double share, double seconds) {}
