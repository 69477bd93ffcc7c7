package io.faultprint.scenario.plan;

import java.util.List;

/**
 * A kind of fault that the deck of a scenario holds.
 *
 * @param kind what goes wrong
 * @param places the services it can strike
 * @param size how strong, in the unit of the kind
 */
public record FaultSpec(FaultKind kind, List<String> places, Between size) {

    /** A kind at one of its places, as the timetable deals them. */
    record Placed(FaultSpec spec, String service, boolean recurs) {}
}
