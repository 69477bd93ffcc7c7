package io.faultprint.scenario.plan;

import java.util.List;

/**
 * A kind of fault a scenario allows.
 *
 * @param kind what goes wrong
 * @param places the services it can strike
 * @param minSize smallest size, in the unit of the kind
 * @param maxSize largest size
 */
public record FaultSpec(FaultKind kind, List<String> places, double minSize, double maxSize) {

    /** A kind at one of its places, as the timetable deals them. */
    record Placed(FaultSpec spec, String service, boolean recurs) {}
}
