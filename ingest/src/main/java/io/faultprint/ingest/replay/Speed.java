package io.faultprint.ingest.replay;

import io.faultprint.runtime.UsageError;
import java.util.regex.Pattern;

/**
 * How much event time a replay lets pass in one second.
 *
 * @param factor seconds of event time per second; positive infinity for as fast as it can
 */
public record Speed(double factor) {

    /** As fast as the recording can be read and the readers keep up. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final double LEAST = 0.001;
    private static final double GREATEST = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}(\\.\\d{1,9})?|\\.\\d{1,9}");

    public Speed {
        boolean finite = factor >= LEAST && factor <= GREATEST;
        if (!finite && factor != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("speed " + factor + ": must be from 0.001 to 1000000, or infinite");
        }
    }

    /**
     * Reads what a person wrote.
     *
     * @throws UsageError when it is neither {@code max} nor a number within bounds
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        double factor = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(factor >= LEAST && factor <= GREATEST)) {
            throw new UsageError("--speed " + (text.isBlank() ? "'" + text + "'" : text)
                    + ": must be max, or seconds of event time per second from 0.001 to 1000000, such as 1 (as it was),"
                    + " 10 or 0.5 (default max)");
        }
        return new Speed(factor);
    }

    /** Whether nothing holds the replay back but its readers. */
    public boolean isMax() {
        return this.equals(MAX);
    }

    /** {@code max}, {@code 1x}, {@code 0.5x}. */
    @Override
    public String toString() {
        return isMax() ? "max" : (factor == Math.rint(factor) ? Long.toString((long) factor) : factor) + "x";
    }
}
