package io.faultprint.correlate.candidate;

import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import java.math.BigDecimal;
import java.math.MathContext;

/** Surprises in words for people, the same on every machine. */
public final class SurpriseWords {

    private static final int LONGEST_LABEL = 60;
    private static final int ERROR = 17;

    private SurpriseWords() {}

    /** What it is, without numbers: {@code slow GET /orders}. */
    public static String brief(Surprise surprise) {
        String label = label(surprise);
        boolean down = surprise.getDirection() == Direction.DOWN || surprise.getDirection() == Direction.GONE;
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE ->
                (surprise.getSeverityNumber() >= ERROR ? "new error '" : "new message '") + label + "'";
            case ERROR_RATE -> "errors '" + label + "'";
            case SIGNATURE_RATE -> (down ? "fewer '" : "more '") + label + "'";
            case SIGNATURE_SILENT -> "no more '" + label + "'";
            case SERVICE_SILENT -> "silent";
            case METRIC -> label + (down ? " low" : " high");
            case SPAN_ERRORS -> "failing " + label;
            case SPAN_LATENCY -> (down ? "fast " : "slow ") + label;
            case SPAN_THROUGHPUT -> (down ? "fewer calls of " : "more calls of ") + label;
            case ALERT -> "alert " + label;
        };
    }

    /** The same with its numbers: {@code slow GET /orders: 1200 ms, expected 40 to 80 ms (score 6.2)}. */
    public static String withNumbers(Surprise surprise) {
        String unit = surprise.getUnit().isEmpty() ? "" : " " + surprise.getUnit();
        String score = " (score " + number(surprise.getScore()) + ")";
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE ->
                brief(surprise) + ": " + number(surprise.getObserved()) + unit + ", never seen before" + score;
            case SERVICE_SILENT, ALERT -> brief(surprise) + score;
            case ERROR_RATE, SIGNATURE_RATE, SIGNATURE_SILENT, METRIC, SPAN_ERRORS, SPAN_LATENCY, SPAN_THROUGHPUT ->
                brief(surprise) + ": " + number(surprise.getObserved()) + unit + ", expected " + expected(surprise)
                        + unit + score;
        };
    }

    /** {@code 40 to 80}; one number where that is all that is expected. */
    public static String expected(Surprise surprise) {
        String low = number(surprise.getExpectedLow());
        String high = number(surprise.getExpectedHigh());
        return low.equals(high) ? low : low + " to " + high;
    }

    /** Three significant digits, plain. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
        return rounded.abs().compareTo(BigDecimal.valueOf(1e9)) < 0 ? rounded.toPlainString() : rounded.toString();
    }

    private static String label(Surprise surprise) {
        String text = surprise.getLabel().isEmpty() ? surprise.getSubject() : surprise.getLabel();
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_LABEL) {
            return line;
        }
        // A cut between the halves of a surrogate pair would leave text that is not Unicode.
        int end = Character.isHighSurrogate(line.charAt(LONGEST_LABEL - 2)) ? LONGEST_LABEL - 2 : LONGEST_LABEL - 1;
        return line.substring(0, end) + "…";
    }
}
