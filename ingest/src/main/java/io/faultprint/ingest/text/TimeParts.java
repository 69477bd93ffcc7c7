package io.faultprint.ingest.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The time of day and the zone of a stamp, read at a cursor, and what they make with a date. */
final class TimeParts {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400L;

    private final ZoneId zone;

    /** @param zone of times that name none */
    TimeParts(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code 03:04:05.678}, and {@code 03.04.05.678}, as nanoseconds of the day; -1 when there is none. */
    static long timeOfDay(Cursor cursor) {
        int from = cursor.at();
        int hour = cursor.number(1, 2);
        char colon = cursor.peek();
        if (hour < 0 || (colon != ':' && colon != '.')) {
            cursor.to(from);
            return -1;
        }
        cursor.take(colon);
        int minute = cursor.number(1, 2);
        if (minute < 0 || !cursor.take(colon)) {
            cursor.to(from);
            return -1;
        }
        int second = cursor.number(1, 2);
        if (hour > 23 || minute > 59 || second < 0 || second > 60) {
            cursor.to(from);
            return -1;
        }
        // A leap second is told as the last one before it.
        long whole = (hour * 60L + minute) * 60 + Math.min(second, 59);
        return whole * SECOND + fraction(cursor);
    }

    /** {@code 030405}; -1 when it is none. */
    static long compactTimeOfDay(Cursor cursor) {
        int from = cursor.at();
        int number = cursor.number(6, 6);
        int hour = number / 10_000;
        int minute = number / 100 % 100;
        int second = number % 100;
        if (number < 0 || hour > 23 || minute > 59 || second > 60) {
            cursor.to(from);
            return -1;
        }
        return ((hour * 60L + minute) * 60 + Math.min(second, 59)) * SECOND + fraction(cursor);
    }

    private static long fraction(Cursor cursor) {
        int from = cursor.at();
        if (!cursor.takeOneOf(".,:")) {
            return 0;
        }
        int count = cursor.run();
        if (count == 0 || count > 12) {
            cursor.to(from);
            return 0;
        }
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            int digit = cursor.digits(1);
            nanos = i < 9 ? nanos * 10 + digit : nanos;
        }
        for (int i = count; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** {@code AM} or {@code PM} behind a time of day of twelve hours. */
    static long halfDay(long nanosOfDay, Cursor cursor) {
        int from = cursor.at();
        cursor.spaces();
        boolean after = cursor.take("PM") || cursor.take("pm");
        if (!after && !cursor.take("AM") && !cursor.take("am")) {
            cursor.to(from);
            return nanosOfDay;
        }
        long half = DAY / 2 * SECOND;
        return nanosOfDay % half + (after ? half : 0);
    }

    /** {@code Z}, {@code UTC}, {@code +01:00}, {@code +0100}, and {@code +01} without a space; null when none is named. */
    static @Nullable ZoneOffset zone(Cursor cursor) {
        int from = cursor.at();
        if (cursor.take('Z')) {
            return letterFollows(cursor, from) ? null : ZoneOffset.UTC;
        }
        boolean spaced = cursor.take(' ');
        if (cursor.take("UTC") || cursor.take("GMT")) {
            return letterFollows(cursor, from) ? null : ZoneOffset.UTC;
        }
        int sign = cursor.take('+') ? 1 : cursor.take('-') ? -1 : 0;
        int run = cursor.run();
        int hours = sign == 0 || (run != 2 && run != 4) ? -1 : cursor.digits(2);
        boolean colon = run == 2 && cursor.take(':');
        boolean minutesNamed = colon || run == 4;
        int minutes = hours < 0 ? -1 : minutesNamed ? cursor.digits(2) : spaced ? -1 : 0;
        if (hours > 18
                || minutes < 0
                || minutes > 59
                || (hours == 18 && minutes > 0)
                || Cursor.isDigit(cursor.peek())) {
            cursor.to(from);
            return null;
        }
        return ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60);
    }

    private static boolean letterFollows(Cursor cursor, int from) {
        boolean letter = Character.isLetterOrDigit(cursor.peek());
        if (letter) {
            cursor.to(from);
        }
        return letter;
    }

    /**
     * Epoch nanoseconds; 0 for a date that is none. A time that a change of the clocks leaves out is read as that much later, one
     * that comes twice as the first.
     */
    long nanos(int year, int month, int day, long nanosOfDay, @Nullable ZoneOffset named) {
        // Below and above, 64 bits of nanoseconds end.
        if (year < 1970 || year > 2261) {
            return 0;
        }
        try {
            LocalDate date = LocalDate.of(year, month, day);
            ZoneOffset offset = named != null ? named : zone instanceof ZoneOffset fixed ? fixed : null;
            long seconds = offset != null
                    ? date.toEpochDay() * DAY + nanosOfDay / SECOND - offset.getTotalSeconds()
                    : date.atTime(LocalTime.ofNanoOfDay(nanosOfDay))
                            .atZone(zone)
                            .toEpochSecond();
            return seconds * SECOND + nanosOfDay % SECOND;
        } catch (DateTimeException noDate) {
            return 0;
        }
    }

    /** The latest year in which this is not more than a day ahead of the reference; 0 for a date that is none. */
    long nanosOfSomeYear(int month, int day, long nanosOfDay, @Nullable ZoneOffset named, long referenceMillis) {
        int year =
                LocalDate.ofEpochDay(Math.floorDiv(referenceMillis, DAY * 1000)).getYear() + 1;
        // Eight years without a 29th of February exist (1896 to 1904, 2096 to 2104).
        for (int y = year; y >= year - 9; y--) {
            long nanos = nanos(y, month, day, nanosOfDay, named);
            if (nanos != 0 && nanos / 1_000_000 <= referenceMillis + DAY * 1000) {
                return nanos;
            }
        }
        return 0;
    }

    /** The latest day on which this is not more than an hour ahead of the reference. */
    long nanosOfSomeDay(long nanosOfDay, long referenceMillis) {
        long today = Math.floorDiv(referenceMillis, DAY * 1000);
        for (long day = today + 1; day > today - 3; day--) {
            LocalDate date = LocalDate.ofEpochDay(day);
            long nanos = nanos(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), nanosOfDay, null);
            if (nanos != 0 && nanos / 1_000_000 <= referenceMillis + 3_600_000) {
                return nanos;
            }
        }
        return 0;
    }
}
