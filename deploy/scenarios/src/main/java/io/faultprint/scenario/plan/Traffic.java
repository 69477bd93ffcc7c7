package io.faultprint.scenario.plan;

import java.util.List;

/**
 * What arrives at the edge.
 *
 * @param entry the service at the edge
 * @param requestsPerSecond mean rate of Poisson arrivals
 * @param periodMinutes period of the slow rhythm
 * @param swing amplitude of the rhythm relative to the mean, 0 to 0.9
 * @param journeys which operations, how often
 */
public record Traffic(
        String entry, double requestsPerSecond, double periodMinutes, double swing, List<Journey> journeys) {

    /**
     * One operation at the edge.
     *
     * @param operation of the entry service
     * @param weight relative to the sum of all
     */
    public record Journey(String operation, double weight) {}
}
