package io.faultprint.scenario.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a run: its truth.
 *
 * @param kind what goes wrong
 * @param service where it starts
 * @param component the backend that is part of it (a database, a provider), or null
 * @param onsetMs start, milliseconds from the start of the run
 * @param rampMs how long the effect takes to grow to its full size, linearly; 0 is at once
 * @param durationMs how long it lasts, the growing included
 * @param size how strong, in the unit of the kind
 * @param changes ids of the changes that cause it, by time; most faults have none
 * @param recurs whether this kind and place happened before in the run
 * @param visible the services in which it can be seen: the place and all its callers, or all that have a pod there
 * @param where the node or zone it is about, or null
 */
public record PlannedFault(
        FaultKind kind,
        String service,
        @Nullable String component,
        long onsetMs,
        long rampMs,
        long durationMs,
        double size,
        List<String> changes,
        boolean recurs,
        List<String> visible,
        @Nullable String where) {

    /** End, milliseconds from the start of the run. */
    public long endMs() {
        return onsetMs + durationMs;
    }

    /** The change that set it off, the last one where there are several, or null. */
    public @Nullable String changeId() {
        return changes.isEmpty() ? null : changes.get(changes.size() - 1);
    }

    /** How far it has grown at a moment of its life, 0 to 1. */
    public double level(long timeMs) {
        return rampMs == 0 ? 1 : Math.max(0, Math.min(1, (timeMs - onsetMs) / (double) rampMs));
    }
}
