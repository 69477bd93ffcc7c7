package io.faultprint.local.show;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Times as people read them.
 *
 * @param zone where the reader is
 */
public record Times(ZoneId zone) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Time of day of an epoch millisecond. */
    public String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Date and time of day of an epoch millisecond. */
    public String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** {@code 45 s}, {@code 2 min 5 s}, {@code 3 h 10 min}. */
    public static String length(long millis) {
        Duration length = Duration.ofMillis(Math.max(0, millis));
        if (length.toMinutes() == 0) {
            return length.toSeconds() + " s";
        }
        if (length.toHours() == 0) {
            return length.toMinutes() + " min"
                    + (length.toSecondsPart() == 0 ? "" : " " + length.toSecondsPart() + " s");
        }
        return length.toHours() + " h" + (length.toMinutesPart() == 0 ? "" : " " + length.toMinutesPart() + " min");
    }
}
