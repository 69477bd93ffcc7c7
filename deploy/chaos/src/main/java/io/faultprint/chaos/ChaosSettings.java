package io.faultprint.chaos;

import io.faultprint.chaos.plan.Planned;
import java.time.Duration;
import java.util.List;

/**
 * One run of chaos.
 *
 * @param seed decides the faults, the load and all that is drawn
 * @param length how long faults happen under load
 * @param perSecond events a second
 * @param timetable what happens when
 * @param secondReading whether an undisturbed correlate reads the same log afterwards, to be compared
 */
public record ChaosSettings(
        long seed, Duration length, int perSecond, List<Planned> timetable, boolean secondReading) {}
