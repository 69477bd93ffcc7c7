package io.faultprint.ingest.consume;

import io.faultprint.event.Heartbeat;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the door of a topic may promise: the least progress over all partitions of the topic, whoever reads them, less the
 * lateness. Where one is not known the door repeats its last promise, which still holds.
 */
final class Promise {

    private final String door;
    private final long latenessMillis;
    private @Nullable Heartbeat last;

    Promise(String door, long latenessMillis) {
        this.door = door;
        this.latenessMillis = latenessMillis;
    }

    /** What to say now; null while nothing can be said. Its epoch is where coverage begins: a gap begins another. */
    @Nullable
    Heartbeat word(Collection<ProgressNote> partitions) {
        if (partitions.isEmpty() || !partitions.stream().allMatch(ProgressNote::known)) {
            return last;
        }
        long covered =
                partitions.stream().mapToLong(ProgressNote::coveredFrom).max().orElseThrow();
        long reached =
                partitions.stream().mapToLong(ProgressNote::reached).min().orElseThrow();
        long watermark = Math.max(reached - latenessMillis, 0);
        Heartbeat before = last;
        if (before != null && covered <= before.getEpoch()) {
            covered = before.getEpoch();
            watermark = Math.max(watermark, before.getWatermark());
        }
        last = new Heartbeat(door, covered, covered, watermark, false, false);
        return last;
    }
}
