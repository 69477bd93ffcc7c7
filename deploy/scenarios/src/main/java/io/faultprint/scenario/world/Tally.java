package io.faultprint.scenario.world;

/**
 * Requests of one service, counted where they happen. Invariant at every moment:
 * {@code arrived = completed + failed + inFlight}, where inFlight is counted separately, from the visits themselves.
 *
 * @param arrived requests that reached an instance
 * @param completed answered with a status below 500
 * @param failed answered with 500 and above, or lost in a crash
 * @param inFlight being worked on or waiting
 */
public record Tally(long arrived, long completed, long failed, long inFlight) {}
