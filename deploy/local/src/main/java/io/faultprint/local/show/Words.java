package io.faultprint.local.show;

import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Surprise;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Single facts in plain words. */
final class Words {

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

    /** Three significant digits, no exponent, and no decimals that say nothing. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = Math.abs(value) >= 100
                ? exact.setScale(0, java.math.RoundingMode.HALF_EVEN)
                : exact.round(new MathContext(3));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** {@code 1 line}, {@code 3 lines}. */
    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String amount(Surprise surprise) {
        return number(surprise.getObserved()) + unit(surprise);
    }

    private static String amountAndExpected(Surprise surprise) {
        String low = number(surprise.getExpectedLow());
        String high = number(surprise.getExpectedHigh());
        String range = low.equals(high) ? low : low + " to " + high;
        return amount(surprise) + ", expected " + range + unit(surprise);
    }

    private static String unit(Surprise surprise) {
        return surprise.getUnit().isEmpty() ? "" : " " + surprise.getUnit();
    }
}
