package io.faultprint.correlate.snapshot;

/**
 * The lines of one signature in one window of one service.
 *
 * @param severityNumber highest OpenTelemetry severity number of them; 0 when none was given
 * @param first event time of the first, epoch milliseconds
 * @param born whether the service said it for the first time in this run
 * @param example a redacted line; empty when none is at hand
 */
public record SignatureLines(
        String id,
        String template,
        int severityNumber,
        long count,
        long first,
        long last,
        boolean born,
        String example) {

    /** OpenTelemetry's first severity number of the ERROR range. */
    static final int ERROR = 17;

    boolean error() {
        return severityNumber >= ERROR;
    }
}
