package io.faultprint.local.show;

import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Surprise;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Single facts in plain words. */
final class Words {

    private static final double SMALLEST = 1e-4;

    private Words() {}

    /** One surprise, without its service: what was seen, and what was expected instead. */
    static String surprise(Surprise surprise) {
        String label = surprise.getLabel();
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE -> "says for the first time \"" + label + "\" (" + amount(surprise) + ")";
            case ERROR_RATE -> "error \"" + label + "\": " + amountAndExpected(surprise);
            case SIGNATURE_RATE -> "\"" + label + "\": " + amountAndExpected(surprise);
            case SIGNATURE_SILENT -> "no longer says \"" + label + "\": " + amountAndExpected(surprise);
            case SERVICE_SILENT -> "has gone silent: " + amountAndExpected(surprise);
            case SPAN_ERRORS -> label + " fails: " + amountAndExpected(surprise);
            case SPAN_LATENCY -> label + " takes " + amountAndExpected(surprise);
            case METRIC, SPAN_THROUGHPUT -> label + ": " + amountAndExpected(surprise);
            case ALERT -> "alert " + label;
        };
    }

    /** One change, with its service. */
    static String change(ChangeRef change, Times times) {
        String versions = change.getVersionAfter().isEmpty()
                ? ""
                : ", " + (change.getVersionBefore().isEmpty() ? "" : change.getVersionBefore() + " → ")
                        + change.getVersionAfter();
        String who = change.getWho().isEmpty() ? "" : " by " + change.getWho();
        String kind = plain(change.getKind());
        return times.clock(change.getTime()) + " " + change.getService() + ": " + kind + versions + who
                + (change.getWhat().isEmpty() ? "" : " (" + change.getWhat() + ")");
    }

    /** An enum constant as a word: {@code CODE_CHANGE} is "code change". */
    static String plain(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Three significant digits, no exponent, no decimals that say nothing; what is below a ten-thousandth is 0. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(Math.abs(value) < SMALLEST ? 0 : value);
        BigDecimal rounded =
                Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(new MathContext(3));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** {@code 1 line}, {@code 3 lines}. */
    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String amount(Surprise surprise) {
        return Unit.of(surprise.getUnit(), surprise.getObserved()).amount(surprise.getObserved());
    }

    private static String amountAndExpected(Surprise surprise) {
        double widest = Math.max(Math.abs(surprise.getExpectedLow()), Math.abs(surprise.getExpectedHigh()));
        Unit unit = Unit.of(surprise.getUnit(), widest);
        String low = unit.number(surprise.getExpectedLow());
        String high = unit.number(surprise.getExpectedHigh());
        String range = low.equals(high) ? low : low + " to " + high;
        return amount(surprise) + ", expected " + range + unit.suffix();
    }

    /**
     * A unit for people: UCUM's bytes in the size that fits, its braces left out.
     *
     * @param divisor what a number is divided by before it is shown
     * @param name what stands behind it; empty for none
     */
    private record Unit(double divisor, String name) {

        private static final List<String> BYTES = List.of("B", "KiB", "MiB", "GiB", "TiB");

        static Unit of(String ucum, double size) {
            if (!ucum.equals("By")) {
                return new Unit(1, ucum.equals("1") ? "" : ucum.replaceAll("[{}]", ""));
            }
            int step = 0;
            double divisor = 1;
            while (step < BYTES.size() - 1 && Math.abs(size) / divisor >= 1024) {
                divisor *= 1024;
                step++;
            }
            return new Unit(divisor, BYTES.get(step));
        }

        String number(double value) {
            return Words.number(value / divisor);
        }

        String suffix() {
            return name.isEmpty() ? "" : " " + name;
        }

        String amount(double value) {
            return number(value) + suffix();
        }
    }
}
