package io.faultprint.evaluate.report;

import io.faultprint.evaluate.score.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * One number of a report.
 *
 * @param value not a number where there was nothing to measure
 * @param interval where it is a share
 * @param of how many cases it is made of
 */
public record Figure(double value, Optional<Interval> interval, long of) {

    /** A share with its interval. */
    public static Figure share(Interval interval) {
        return new Figure(interval.share(), Optional.of(interval), interval.of());
    }

    /** Any other number. */
    public static Figure number(double value, long of) {
        return new Figure(value, Optional.empty(), of);
    }

    /** As in {@code .750 [.41 .93]}, or {@code 14.5}. */
    public String words() {
        if (Double.isNaN(value)) {
            return "-";
        }
        return interval.map(share -> "%s [%s %s]".formatted(point(value), two(share.low()), two(share.high())))
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        value == Math.rint(value) ? "%.0f" : Math.abs(value) < 10 ? "%.3f" : "%.1f",
                        value));
    }

    private static String point(double share) {
        String text = String.format(Locale.ROOT, "%.3f", share);
        return text.startsWith("0") ? text.substring(1) : text;
    }

    private static String two(double share) {
        String text = String.format(Locale.ROOT, "%.2f", Math.max(0, share));
        return text.startsWith("0") ? text.substring(1) : text;
    }
}
