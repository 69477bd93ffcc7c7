package io.faultprint.letter;

import io.faultprint.topic.Run;
import java.time.Duration;

/**
 * Which times are believed of a record that the broker appended at a known time. One promise of the year 9999 would close
 * every window until then, and one event of that year would lie in a window that never closes.
 *
 * <p>In the long-lived run nothing is far ahead of the broker: a promise (heartbeat, tick) at most an hour, which is
 * what clocks of one system may differ; an event or window at most a day, which is more than ingest lets through. A run
 * of its own is a replay: its events may be of any year, also of a coming one when the recording was made up.
 *
 * @param live whether the broker's clock bounds event time
 */
public record Horizon(boolean live) {

    /** How far ahead of the broker's clock a promise may be. */
    public static final Duration PROMISE = Duration.ofHours(1);

    /** How far ahead of the broker's clock an event may be; {@code time.future} of ingest is at most this. */
    public static final Duration EVENT = Duration.ofDays(1);

    /** The end of the year 9999: what is later was meant in another unit. */
    public static final long LATEST = 253_402_300_799_999L;

    /** The one of a run. */
    public static Horizon of(Run run) {
        return new Horizon(run.id().isEmpty());
    }

    /** Whether a heartbeat or tick that was appended then may promise so much. */
    public boolean believesPromise(long time, long appended) {
        return within(time, appended, PROMISE);
    }

    /** Whether something that was appended then may have happened at that time. */
    public boolean believesEvent(long time, long appended) {
        return within(time, appended, EVENT);
    }

    private boolean within(long time, long appended, Duration ahead) {
        return time >= 0 && time <= LATEST && (!live || time - ahead.toMillis() <= appended);
    }
}
