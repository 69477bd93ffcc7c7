package io.faultprint.ingest.text;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time in a line of a log file: at its start, or behind a few words as access logs have it. A scan by hand; what looks
 * like a time but cannot be one (a 13th month) is none. Times without a zone are read in the one that is given, times without a
 * year in the latest year that does not lie more than a day ahead of when the line was read, times without a day within the
 * last day; so old files of such lines get wrong dates.
 */
final class LogTimes {

    /** How far into a line a time is looked for: an access log has an address and two names before it. */
    private static final int NEAR = 80;

    private static final int TOKENS = 8;
    private static final String BEFORE = " \t[(<>\"'|=:,#*";

    private final TimeParts parts;

    LogTimes(ZoneId zone) {
        this.parts = new TimeParts(zone);
    }

    /** The first time in a line, near its start; null when there is none. */
    @Nullable
    Stamp find(String line, long referenceMillis) {
        int end = Math.min(line.length(), NEAR);
        int tokens = 0;
        for (int i = 0; i < end && tokens < TOKENS; i++) {
            if (!Character.isLetterOrDigit(line.charAt(i)) || (i > 0 && BEFORE.indexOf(line.charAt(i - 1)) < 0)) {
                continue;
            }
            tokens++;
            Stamp stamp = at(line, i, referenceMillis);
            if (stamp != null) {
                return stamp;
            }
        }
        return null;
    }

    /** The time that a field holds, epoch nanoseconds; 0 when it holds none. */
    long value(String text, long referenceMillis) {
        String whole = text.strip();
        Stamp stamp =
                whole.isEmpty() || !Character.isLetterOrDigit(whole.charAt(0)) ? null : at(whole, 0, referenceMillis);
        return stamp == null ? 0 : stamp.nanos();
    }

    private @Nullable Stamp at(String line, int i, long reference) {
        Cursor cursor = new Cursor(line, i);
        char c = line.charAt(i);
        long nanos = Cursor.isDigit(c)
                ? digits(cursor, i, reference)
                : i == 0 && "IWEFDC".indexOf(c) >= 0 && line.length() > 5 && Cursor.isDigit(line.charAt(1))
                        ? glog(cursor, reference)
                        : named(cursor, reference);
        return nanos == 0 ? null : new Stamp(nanos, i, cursor.at());
    }

    private long digits(Cursor cursor, int i, long reference) {
        int run = cursor.run();
        return switch (run) {
            case 1, 2 -> shortNumber(cursor, i, reference);
            case 4 -> yearFirst(cursor);
            case 6 -> shortYearCompact(cursor);
            case 8 -> compact(cursor);
            case 10, 13, 16, 19 -> i <= 2 ? epoch(cursor, run) : 0;
            default -> 0;
        };
    }

    /** {@code 2026-01-02T03:04:05.678Z}, {@code 2026/01/02 03:04:05}, {@code 2005-06-03-15.42.50.675872}. */
    private long yearFirst(Cursor cursor) {
        int year = cursor.digits(4);
        char separator = cursor.peek();
        if (!cursor.takeOneOf("-/.")) {
            return 0;
        }
        int month = cursor.number(1, 2);
        if (month < 0 || !cursor.take(separator)) {
            return 0;
        }
        int day = cursor.number(1, 2);
        if (day < 0 || !cursor.takeOneOf("Tt _-:")) {
            return 0;
        }
        cursor.spaces();
        return dated(cursor, year, month, day);
    }

    private long dated(Cursor cursor, int year, int month, int day) {
        long time = TimeParts.timeOfDay(cursor);
        return time < 0 ? 0 : parts.nanos(year, month, day, time, TimeParts.zone(cursor));
    }

    /** {@code 20260102T030405Z}, {@code 20260102 03:04:05}, {@code 20171223-22:15:29:606}. */
    private long compact(Cursor cursor) {
        int date = cursor.digits(8);
        if (!cursor.takeOneOf("Tt -_")) {
            return 0;
        }
        long time = cursor.run() == 6 ? TimeParts.compactTimeOfDay(cursor) : TimeParts.timeOfDay(cursor);
        ZoneOffset zone = time < 0 ? null : TimeParts.zone(cursor);
        return time < 0 ? 0 : parts.nanos(date / 10_000, date / 100 % 100, date % 100, time, zone);
    }

    /** {@code 081109 203615}. */
    private long shortYearCompact(Cursor cursor) {
        int date = cursor.digits(6);
        if (!cursor.take(' ')) {
            return 0;
        }
        long time = TimeParts.compactTimeOfDay(cursor);
        return time < 0 ? 0 : parts.nanos(2000 + date / 10_000, date / 100 % 100, date % 100, time, null);
    }

    private static long epoch(Cursor cursor, int run) {
        long number = 0;
        for (int i = 0; i < run; i++) {
            number = number * 10 + cursor.digits(1);
        }
        long unit = run == 10 ? 1_000_000_000L : run == 13 ? 1_000_000L : run == 16 ? 1_000L : 1L;
        long seconds = number / (1_000_000_000L / unit);
        if (seconds < 1_000_000_000L || seconds > 4_102_444_800L) {
            return 0;
        }
        long fraction = 0;
        int dot = cursor.at();
        if (run == 10 && cursor.take('.')) {
            long scale = 100_000_000L;
            if (cursor.run() == 0) {
                cursor.to(dot);
            }
            while (Cursor.isDigit(cursor.peek())) {
                fraction += scale * cursor.digits(1);
                scale /= 10;
            }
        }
        return Character.isLetterOrDigit(cursor.peek()) ? 0 : number * unit + fraction;
    }

    /** A day, a two-digit year, a month or an hour, as what follows says. */
    private long shortNumber(Cursor cursor, int i, long reference) {
        int start = cursor.at();
        int first = cursor.number(1, 2);
        char separator = cursor.peek();
        if (separator == ':' && i <= 1) {
            cursor.to(start);
            long time = TimeParts.timeOfDay(cursor);
            // Shorter than HH:mm:ss it may be a ratio or a version as well.
            return time < 0 || cursor.at() - start < 8 ? 0 : parts.nanosOfSomeDay(time, reference);
        }
        if (!cursor.takeOneOf("/- .")) {
            return 0;
        }
        if (Character.isLetter(cursor.peek())) {
            return dayFirst(cursor, first, separator);
        }
        int second = cursor.number(1, 2);
        if (second < 0) {
            return 0;
        }
        if (separator == '-' && cursor.take(' ')) {
            long time = TimeParts.timeOfDay(cursor);
            return time < 0 ? 0 : parts.nanosOfSomeYear(first, second, time, TimeParts.zone(cursor), reference);
        }
        if (separator == ' ' || separator == '-' || !cursor.take(separator)) {
            return 0;
        }
        // 17/06/09 is Spark's year first; 09.06.2017 is a day first.
        int third = cursor.run() == 4 ? cursor.digits(4) : cursor.number(2, 2);
        boolean yearLast = separator == '.' && third > 1000;
        if (third < 0 || !cursor.take(' ') || (!yearLast && (separator != '/' || third > 99))) {
            return 0;
        }
        return yearLast ? dated(cursor, third, second, first) : dated(cursor, 2000 + first, second, third);
    }

    /** {@code 02/Jan/2026:03:04:05 +0000}, {@code 02-Jan-2026 03:04:05.678}, {@code 02 Jan 2026 03:04:05}. */
    private long dayFirst(Cursor cursor, int day, char separator) {
        int month = cursor.month();
        if (month == 0 || !cursor.take(separator)) {
            return 0;
        }
        int year = cursor.number(4, 4);
        if (year < 0 || !cursor.takeOneOf(": ")) {
            return 0;
        }
        return dated(cursor, year, month, day);
    }

    /** {@code Jan  2 03:04:05}, {@code Jan 2, 2026 3:04:05 AM}, {@code Fri Jan 02 03:04:05.678 2026}. */
    private long named(Cursor cursor, long reference) {
        boolean weekday = cursor.dayName();
        if (weekday) {
            cursor.take(',');
            cursor.spaces();
            if (Cursor.isDigit(cursor.peek())) {
                int day = cursor.number(1, 2);
                return day >= 0 && cursor.take(' ') ? dayFirst(cursor, day, ' ') : 0;
            }
        }
        int month = cursor.month();
        if (month == 0 || !cursor.take(' ')) {
            return 0;
        }
        cursor.spaces();
        int day = cursor.number(1, 2);
        boolean comma = cursor.take(',');
        if (day < 0 || !cursor.take(' ')) {
            return 0;
        }
        if (comma || cursor.run() == 4) {
            int year = cursor.number(4, 4);
            cursor.take(',');
            cursor.spaces();
            long time = year < 0 ? -1 : TimeParts.timeOfDay(cursor);
            return time < 0 ? 0 : halfDay(cursor, year, month, day, time);
        }
        long time = TimeParts.timeOfDay(cursor);
        if (time < 0) {
            return 0;
        }
        int behind = cursor.at();
        int year = weekday && cursor.take(' ') ? cursor.number(4, 4) : -1;
        if (year > 0) {
            return parts.nanos(year, month, day, time, TimeParts.zone(cursor));
        }
        cursor.to(behind);
        return parts.nanosOfSomeYear(month, day, time, TimeParts.zone(cursor), reference);
    }

    private long halfDay(Cursor cursor, int year, int month, int day, long time) {
        long ofDay = TimeParts.halfDay(time, cursor);
        return parts.nanos(year, month, day, ofDay, TimeParts.zone(cursor));
    }

    /** glog and klog: {@code E0102 03:04:05.678901}, newer {@code E20260102 03:04:05.678901}. */
    private long glog(Cursor cursor, long reference) {
        cursor.to(cursor.at() + 1);
        int run = cursor.run();
        int date = run == 4 || run == 8 ? cursor.digits(run) : -1;
        if (date < 0 || !cursor.take(' ')) {
            return 0;
        }
        long time = TimeParts.timeOfDay(cursor);
        if (time < 0) {
            return 0;
        }
        return run == 8
                ? parts.nanos(date / 10_000, date / 100 % 100, date % 100, time, null)
                : parts.nanosOfSomeYear(date / 100, date % 100, time, null, reference);
    }
}
