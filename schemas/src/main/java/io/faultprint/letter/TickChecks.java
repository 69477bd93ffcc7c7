package io.faultprint.letter;

import io.faultprint.snapshot.CutCount;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tick must be before it may close a window. One that is believed wrongly closes windows for everybody. */
public final class TickChecks {

    /** There are five kinds of events and one of partials; more is room for those to come. */
    private static final int MOST_KINDS = 64;

    private static final Pattern BOUND = Pattern.compile("[a-z_]{1,40}");

    private TickChecks() {}

    /**
     * Why a tick cannot be one of this run's; null when it can.
     *
     * @param sources how many sources this run has: its event partitions
     * @param appended when the broker appended it, epoch milliseconds
     */
    public static @Nullable Refusal check(Tick tick, int sources, Windows windows, Horizon horizon, long appended) {
        if (tick.getSources() != sources) {
            return value("a tick of " + tick.getSources() + " sources; this run has " + sources);
        }
        if (tick.getSource() < 0 || tick.getSource() >= sources) {
            return value("a tick of source " + tick.getSource() + ": sources count from 0 to " + (sources - 1));
        }
        if (tick.getUpTo() != windows.startOf(tick.getUpTo())) {
            return time("a tick up to " + tick.getUpTo() + ", where no window of " + windows.sizeMillis() + " ms ends");
        }
        if (!horizon.believesPromise(tick.getUpTo(), appended)) {
            return time("a tick up to " + tick.getUpTo() + ", appended at " + appended + ": must be from 1970 to "
                    + (horizon.live() ? "an hour after the broker's clock" : "9999"));
        }
        if (tick.getLearning() < 0 || tick.getServices() < 0) {
            return value("a tick of " + tick.getLearning() + " learning of " + tick.getServices()
                    + " services: must not be negative");
        }
        return counts(tick);
    }

    private static @Nullable Refusal counts(Tick tick) {
        if (tick.getCounts().size() > MOST_KINDS) {
            return value("a tick with counts of " + tick.getCounts().size() + " kinds; at most " + MOST_KINDS);
        }
        for (LossCount count : tick.getCounts()) {
            long least = Math.min(
                    Math.min(count.getKept(), count.getLate()),
                    Math.min(count.getDuplicated(), Math.min(count.getDeadLettered(), count.getDropped())));
            if (least < 0) {
                return value("a tick that counts " + least + " " + Letter.cut(count.getKind())
                        + ": counts are not negative");
            }
        }
        return cuts(tick);
    }

    private static @Nullable Refusal cuts(Tick tick) {
        if (tick.getCuts().size() > MOST_KINDS) {
            return value("a tick with cuts of " + tick.getCuts().size() + " bounds; at most " + MOST_KINDS);
        }
        for (CutCount cut : tick.getCuts()) {
            if (cut.getCount() < 0 || !BOUND.matcher(cut.getBound()).matches()) {
                return value("a tick that says " + cut.getCount() + " were cut by '" + Letter.cut(cut.getBound())
                        + "': counts are not negative, and a bound is up to 40 letters a-z and _");
            }
        }
        return null;
    }

    private static Refusal value(String message) {
        return new Refusal(Cause.BAD_VALUE, message);
    }

    private static Refusal time(String message) {
        return new Refusal(Cause.BAD_TIME, message);
    }
}
