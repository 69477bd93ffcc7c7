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
    private volatile @Nullable Heartbeat last;

    Promise(String door, long latenessMillis) {
        this.door = door;
        this.latenessMillis = latenessMillis;
    }

    /**
     * What to say now; null while nothing can be said. Its epoch is where coverage begins: a gap begins another. It is a
     * promise once it is {@link #said}.
     */
    @Nullable
    Heartbeat word(Collection<ProgressNote> partitions) {
        Heartbeat before = last;
        if (partitions.isEmpty() || !partitions.stream().allMatch(ProgressNote::known)) {
            return before;
        }
        long covered =
                partitions.stream().mapToLong(ProgressNote::coveredFrom).max().orElseThrow();
        long reached =
                partitions.stream().mapToLong(ProgressNote::reached).min().orElseThrow();
        // Partitions that never held anything say nothing of when coverage begins.
        covered = covered == Progress.ALWAYS ? Math.max(reached, 0) : covered;
        long watermark = Math.max(reached - latenessMillis, 0);
        if (before != null && covered <= before.getEpoch()) {
            covered = before.getEpoch();
            watermark = Math.max(watermark, before.getWatermark());
        }
        return new Heartbeat(door, covered, covered, watermark, false, false);
    }

    /** That word is committed. One that is aborted spoke of records that are read again, and holds nobody. */
    void said(Heartbeat word) {
        last = word;
    }

    /** What was promised last, which holds for ever; null when nothing was. */
    @Nullable
    Heartbeat last() {
        return last;
    }
}
