package io.faultprint.chaos.plan;

import java.time.Duration;

/**
 * A fault with its time.
 *
 * @param after how long after the end of the one before, or the begin of the run
 * @param lasts how long it lasts; zero for what happens in a moment
 * @param draw chance for whatever the fault has to choose
 */
public record Planned(Fault fault, Duration after, Duration lasts, int draw) {}
