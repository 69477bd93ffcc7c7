package io.faultprint.ingest.normalise;

import io.faultprint.event.ChangeKind;
import java.util.List;

/**
 * A change as its sender declared it; texts are empty and lists without elements where nothing was said.
 *
 * @param id the sender's own id of the change
 * @param timeMillis when it took effect, epoch milliseconds; 0 when not said
 */
public record DeclaredChange(
        String id,
        ChangeKind kind,
        String environment,
        List<String> services,
        String who,
        String what,
        String versionBefore,
        String versionAfter,
        String repository,
        List<String> commits,
        List<String> changedPaths,
        String link,
        long timeMillis) {

    public DeclaredChange {
        services = List.copyOf(services);
        commits = List.copyOf(commits);
        changedPaths = List.copyOf(changedPaths);
    }
}
