package io.faultprint.ingest.foreign;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times as shippers write them. */
final class Times {

    /** What no time was found in. */
    static final long NONE = 0;

    private static final double MILLIS_FROM = 1e11;
    private static final double MICROS_FROM = 1e14;
    private static final double NANOS_FROM = 1e17;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LATEST_SECOND = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    /** ISO 8601 with T or a blank, any fraction of a second, and an offset with or without colon, or none. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /**
     * Epoch nanoseconds; {@link #NONE} where the text is no time. A bare number is of seconds, milliseconds, microseconds or
     * nanoseconds, whichever lies between 1973 and 5138; a time without an offset is taken as UTC.
     */
    static long nanos(String text) {
        String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.length() > 64) {
            return NONE;
        }
        return trimmed.indexOf('-') > 0 && trimmed.indexOf(':') > 0 ? iso(trimmed) : number(trimmed);
    }

    private static long iso(String text) {
        try {
            TemporalAccessor parsed = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
            boolean fits = instant.getEpochSecond() > 0 && instant.getEpochSecond() < LATEST_SECOND;
            return fits ? instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano() : NONE;
        } catch (DateTimeException noTime) {
            return NONE;
        }
    }

    private static long number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            double about = number.doubleValue();
            // Looked at as a double first: a decimal with an exponent of millions is expensive to shift.
            if (!(about >= 1 && about < Long.MAX_VALUE)) {
                return NONE;
            }
            int shift = about < MILLIS_FROM ? 9 : about < MICROS_FROM ? 6 : about < NANOS_FROM ? 3 : 0;
            BigInteger nanos = number.movePointRight(shift).toBigInteger();
            return nanos.bitLength() < 64 ? nanos.longValue() : NONE;
        } catch (NumberFormatException noNumber) {
            return NONE;
        }
    }
}
