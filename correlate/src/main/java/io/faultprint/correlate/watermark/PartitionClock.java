package io.faultprint.correlate.watermark;

import io.faultprint.correlate.state.DoorRow;
import io.faultprint.correlate.state.PartitionRow;
import io.faultprint.event.Heartbeat;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one topic-partition has come in event time: the least watermark over its doors, never backwards. A pure
 * function of the partition's log, so that every reading of it finds the same events late.
 */
public final class PartitionClock {

    /** Before the first heartbeat: nothing is late and nothing closes. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Doors that one partition listens to at once; each heartbeat writes all of them. */
    public static final int MOST_DOORS = 256;

    /** A door that is silent this long, by the broker's clock, while another speaks, holds nobody back any more. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final TreeMap<String, DoorRow> doors = new TreeMap<>();
    private final Gaps gaps;
    private long watermark;
    private long coveredSince;

    /** The clock as its row says, or a new one. */
    public PartitionClock(@Nullable PartitionRow row) {
        if (row == null) {
            watermark = UNKNOWN;
            coveredSince = Long.MAX_VALUE;
            gaps = new Gaps();
        } else {
            watermark = row.getWatermark() == null ? UNKNOWN : row.getWatermark();
            coveredSince = row.getCoveredSince() == null ? Long.MAX_VALUE : row.getCoveredSince();
            gaps = new Gaps(row.getGaps());
            row.getDoors().forEach(door -> doors.put(door.getDoor(), door));
        }
    }

    /**
     * Takes in a heartbeat.
     *
     * @param appended when the broker appended it, epoch milliseconds
     * @return false when there are too many doors to listen to one more
     */
    public boolean heartbeat(Heartbeat beat, long appended) {
        DoorRow before = doors.get(beat.getDoor());
        // An older epoch is an instance that was replaced, unless the one that replaced it has been silent ever since.
        boolean silent = before != null && appended - before.getAppended() > PATIENCE_MILLIS;
        if (before != null && beat.getEpoch() < before.getEpoch() && !silent) {
            return true;
        }
        dropSilent(beat.getDoor(), appended);
        if (before == null && doors.size() >= MOST_DOORS) {
            return false;
        }
        long promise = beat.getWatermark();
        if (before != null && beat.getEpoch() == before.getEpoch()) {
            promise = Math.max(promise, before.getWatermark());
        } else if (before != null) {
            gaps.add(before.getWatermark(), beat.getCoveredFrom());
        }
        coveredSince = Math.min(coveredSince, beat.getCoveredFrom());
        doors.put(beat.getDoor(), new DoorRow(beat.getDoor(), beat.getEpoch(), promise, appended, beat.getFinal$()));
        watermark = Math.max(watermark, least());
        return true;
    }

    /** Events with an earlier event time are not expected any more; {@link #UNKNOWN} before the first heartbeat. */
    public long watermark() {
        return watermark;
    }

    /** Whether an event whose window ends then came too late, here and now. */
    public boolean late(long windowEnd) {
        return watermark != UNKNOWN && windowEnd <= watermark;
    }

    /** Whether the doors saw all of [from, until); stable once the watermark has passed until. */
    public boolean covered(long from, long until) {
        return from >= coveredSince && !gaps.touch(from, until);
    }

    /** The end of the uncovered stretch that touches [from, until); {@code from} when there is none. */
    public long uncoveredUntil(long from, long until) {
        return from < coveredSince ? coveredSince : gaps.touchedUntil(from, until);
    }

    /** From here on there is coverage, epoch milliseconds; {@link Long#MAX_VALUE} before the first heartbeat. */
    public long coveredSince() {
        return coveredSince;
    }

    /** Whether every door said that it is done. */
    public boolean ended() {
        return !doors.isEmpty() && doors.values().stream().allMatch(DoorRow::getEnded);
    }

    /** What to store of it. */
    public PartitionRow row() {
        return new PartitionRow(
                watermark == UNKNOWN ? null : watermark,
                coveredSince == Long.MAX_VALUE ? null : coveredSince,
                gaps.rows(),
                List.copyOf(doors.values()));
    }

    private void dropSilent(String speaker, long appended) {
        Iterator<DoorRow> each = doors.values().iterator();
        while (each.hasNext()) {
            DoorRow door = each.next();
            if (!door.getDoor().equals(speaker) && appended - door.getAppended() > PATIENCE_MILLIS) {
                each.remove();
            }
        }
    }

    /** Over the doors that are not done; when all are, nobody is held back and the farthest counts. */
    private long least() {
        return doors.values().stream()
                .filter(door -> !door.getEnded())
                .mapToLong(DoorRow::getWatermark)
                .min()
                .orElseGet(() -> doors.values().stream()
                        .mapToLong(DoorRow::getWatermark)
                        .max()
                        .orElse(UNKNOWN));
    }
}
