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
 * @param durationMs how long it lasts
 * @param size how strong, in the unit of the kind
 * @param changeId the change that causes it, or null
 * @param recurs whether this kind and place happened before in the run
 * @param visible the services in which it can be seen: the place and all its callers
 */
public record PlannedFault(
        FaultKind kind,
        String service,
        @Nullable String component,
        long onsetMs,
        long durationMs,
        double size,
        @Nullable String changeId,
        boolean recurs,
        List<String> visible) {

    /** End, milliseconds from the start of the run. */
    public long endMs() {
        return onsetMs + durationMs;
    }
}
