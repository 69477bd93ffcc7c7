package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.state.PlaceRow;
import java.util.List;

/**
 * The lines of one signature in one window of one service.
 *
 * @param severityNumber highest OpenTelemetry severity number of them; 0 when none was given
 * @param first event time of the first, epoch milliseconds
 * @param born whether the service said it for the first time in this run
 * @param example a redacted line; empty when none is at hand
 * @param places what stood at its first places, while that is little
 * @param frames own-code frames of the exception in the example; empty for a line
 */
public record SignatureLines(
        String id,
        String template,
        int severityNumber,
        long count,
        long first,
        long last,
        boolean born,
        String example,
        List<PlaceRow> places,
        List<String> frames) {

    public SignatureLines {
        places = List.copyOf(places);
        frames = List.copyOf(frames);
    }

    /** OpenTelemetry's first severity number of the ERROR range. */
    static final int ERROR = 17;

    /** What its count baseline is kept under. */
    public static String subject(String signature) {
        return "lines:" + signature;
    }

    /** With more lines of it. */
    public SignatureLines with(SignatureLines more) {
        return new SignatureLines(
                id,
                more.template,
                Math.max(severityNumber, more.severityNumber),
                count + more.count,
                Math.min(first, more.first),
                Math.max(last, more.last),
                born && more.born,
                first <= more.first ? example : more.example,
                Places.together(places, more.places),
                first <= more.first ? frames : more.frames);
    }

    /** The same lines, of the signature that stands for theirs now. */
    public SignatureLines of(Signature now) {
        return new SignatureLines(
                now.id(), now.template(), severityNumber, count, first, last, born, example, places, frames);
    }

    boolean error() {
        return severityNumber >= ERROR;
    }
}
