package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.time.Windows;
import java.time.Duration;

/**
 * What the signals application depends on.
 *
 * @param windows how event time is cut
 * @param partitions partitions of the event topics: so many tasks read spans, and each task waits for so many ticks
 * @param incidentPartitions partitions of {@code digests}
 * @param analyst how services are judged
 * @param traceWait how long a span waits for its parent or children, in event time
 * @param forms distinct masked forms that one service may say in one window; the rest is counted as flood
 * @param operations operations of a service that a window tells apart; the rest is added up as one
 * @param forgetAfter how long a service is remembered after its last sign of life, in event time
 * @param bounds what one partition may hold
 * @param rules what people say about signatures
 */
public record SignalsSettings(
        Windows windows,
        int partitions,
        int incidentPartitions,
        AnalystSettings analyst,
        Duration traceWait,
        int forms,
        int operations,
        Duration forgetAfter,
        SignalsBounds bounds,
        SteeringRules rules) {

    public SignalsSettings {
        if (partitions < 1 || incidentPartitions < 1) {
            throw new IllegalArgumentException(
                    "partitions " + partitions + " and " + incidentPartitions + ": each must be 1 or more");
        }
        if (traceWait.isNegative() || traceWait.isZero()) {
            throw new IllegalArgumentException("trace wait " + traceWait + ": must be above 0 (default 60s)");
        }
        if (forms < 1 || operations < 1) {
            throw new IllegalArgumentException(
                    "caps " + forms + " forms and " + operations + " operations: each must be 1 or more");
        }
    }

    /** The defaults for these partitions and windows. */
    public static SignalsSettings defaults(
            Windows windows, int partitions, int incidentPartitions, AnalystSettings analyst) {
        return new SignalsSettings(
                windows,
                partitions,
                incidentPartitions,
                analyst,
                Duration.ofSeconds(60),
                5_000,
                50,
                Duration.ofHours(24),
                SignalsBounds.DEFAULT,
                SteeringRules.NONE);
    }

    /** The same with other bounds. */
    public SignalsSettings withBounds(SignalsBounds newBounds) {
        return new SignalsSettings(
                windows,
                partitions,
                incidentPartitions,
                analyst,
                traceWait,
                forms,
                operations,
                forgetAfter,
                newBounds,
                rules);
    }

    /** The same with other rules. */
    public SignalsSettings withRules(SteeringRules newRules) {
        return new SignalsSettings(
                windows,
                partitions,
                incidentPartitions,
                analyst,
                traceWait,
                forms,
                operations,
                forgetAfter,
                bounds,
                newRules);
    }
}
