package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.event.Heartbeat;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a heartbeat must be before a clock believes it. A promise of the year 9999 would make every event late from then
 * on, an epoch of that size would shut out the door's own next instances, and coverage from there on is a gap until then.
 */
final class HeartbeatChecks {

    private static final int NAME = 1 << 10;

    private HeartbeatChecks() {}

    /** Null when it can be believed. An epoch is a clock's milliseconds, or a small number for a door that lives once. */
    static @Nullable Refusal of(Heartbeat beat, long appended, Horizon horizon) {
        if (beat.getDoor().isEmpty() || beat.getDoor().length() > NAME) {
            return new Refusal(
                    Cause.BAD_VALUE,
                    "a heartbeat of a door whose name has " + beat.getDoor().length() + " characters; 1 to " + NAME);
        }
        Refusal refusal = time("epoch", beat.getEpoch(), beat, appended, horizon);
        refusal = refusal == null ? time("coveredFrom", beat.getCoveredFrom(), beat, appended, horizon) : refusal;
        return refusal == null ? time("watermark", beat.getWatermark(), beat, appended, horizon) : refusal;
    }

    /** Whoever listens to more doors than it can remember would forget those that windows wait for. */
    static Refusal tooManyDoors(Heartbeat beat) {
        return new Refusal(
                Cause.TOO_MANY,
                "door " + beat.getDoor() + ": " + PartitionClock.MOST_DOORS
                        + " others speak here already; nobody waits for this one, and its events may be late");
    }

    private static @Nullable Refusal time(String what, long time, Heartbeat beat, long appended, Horizon horizon) {
        return horizon.believesPromise(time, appended)
                ? null
                : new Refusal(
                        Cause.BAD_TIME,
                        "a heartbeat of " + beat.getDoor() + " with " + what + " " + time + ", appended at " + appended
                                + ": must be from 1970 to "
                                + (horizon.live() ? "an hour after the broker's clock" : "9999"));
    }
}
