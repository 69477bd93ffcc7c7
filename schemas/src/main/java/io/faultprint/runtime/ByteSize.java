package io.faultprint.runtime;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or of data, written {@code 512}, {@code 64KiB}, {@code 16MiB} or {@code 2GiB}.
 *
 * @param bytes the amount, never negative
 */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s*([a-zA-Z]*)");

    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "tib", 1L << 40);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: must not be negative");
        }
    }

    public static ByteSize mebibytes(int count) {
        return new ByteSize((long) count << 20);
    }

    /**
     * Reads what a user wrote.
     *
     * @throws IllegalArgumentException when the text is not a size
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("a size is a number with B, KiB, MiB or GiB, as in 16MiB");
        }
        try {
            return new ByteSize(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException notWhole) {
            throw new IllegalArgumentException("a size must come to a whole number of bytes below 8 EiB", notWhole);
        }
    }

    /** For arrays and buffers, which Java limits to 2 GiB. */
    public int asInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
            long size = UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes + "B";
    }
}
