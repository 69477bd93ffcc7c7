package io.faultprint.scenario.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a run: a deploy, a configuration change, a flag; most harm nobody.
 *
 * @param id unique in the run
 * @param kind deploy, rollback, configuration or flag
 * @param service what was changed
 * @param timeMs milliseconds from the start of the run
 * @param who an account name
 * @param what one line, as a deploy tool says it
 * @param versionBefore null when no version changes
 * @param versionAfter null when no version changes
 * @param commits hashes
 * @param changedPaths files
 */
public record PlannedChange(
        String id,
        String kind,
        String service,
        long timeMs,
        String who,
        String what,
        @Nullable String versionBefore,
        @Nullable String versionAfter,
        List<String> commits,
        List<String> changedPaths) {}
