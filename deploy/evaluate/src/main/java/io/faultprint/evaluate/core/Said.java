package io.faultprint.evaluate.core;

import io.faultprint.incident.Incident;
import io.faultprint.ingest.replay.ReplayResult;
import java.util.List;

/**
 * All that correlate said of a recording.
 *
 * @param replay what was read
 * @param revisions of incidents, in the order in which they were published
 * @param windows of each service, by time
 */
public record Said(ReplayResult replay, List<Incident> revisions, List<Window> windows) {

    public Said {
        revisions = List.copyOf(revisions);
        windows = List.copyOf(windows);
    }

    /** Event time from the first window to the last event, milliseconds. */
    public long millis() {
        return replay.lastTime() - replay.coveredFrom();
    }
}
