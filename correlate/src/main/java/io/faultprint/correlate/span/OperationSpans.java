package io.faultprint.correlate.span;

import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanStatus;
import io.faultprint.snapshot.SpanPartial;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one operation of one service in one window, added up. Sums, least and greatest only, so the order of the
 * spans does not matter: durations are whole nanoseconds, whose sum a double holds exactly up to 104 days.
 */
public final class OperationSpans {

    private static final int VERSIONS = 8;
    private static final int TEXT = 200;

    private final Latency latency = new Latency();
    private final TreeSet<String> versions = new TreeSet<>();
    private long count;
    private long errors;
    private double durationSumNanos;
    private @Nullable Long firstError;
    private @Nullable String errorTraceId;
    private String errorText = "";
    private @Nullable String slowTraceId;
    private long slowest = -1;

    /** Whether a span failed: its status says so, or it carries an exception. */
    public static boolean failed(SpanEvent span) {
        return span.getStatus() == SpanStatus.ERROR || span.getExceptionType() != null;
    }

    /** Whether a span is a request that came into its service from outside. */
    public static boolean entry(SpanEvent span) {
        return switch (span.getKind()) {
            case SERVER, CONSUMER -> true;
            case UNSPECIFIED -> span.getParentSpanId() == null;
            case INTERNAL, CLIENT, PRODUCER -> false;
        };
    }

    /** Adds what a row holds. */
    public OperationSpans add(SpanPartial row) {
        latency.add(row.getLatency());
        versions.addAll(row.getVersions());
        count += row.getCount();
        errors += row.getErrors();
        durationSumNanos += row.getDurationSumNanos();
        if (row.getFirstError() != null) {
            fail(row.getFirstError(), row.getErrorTraceId(), row.getErrorText());
        }
        slow(topBucket(row), row.getSlowTraceId());
        bound();
        return this;
    }

    /** Adds one span. The failing span that ended first is the example: in a trace it is the deepest that failed. */
    public OperationSpans add(SpanEvent span) {
        latency.add(span.getDurationNanos());
        count++;
        durationSumNanos += span.getDurationNanos();
        if (!span.getEnvelope().getVersion().isEmpty()) {
            versions.add(span.getEnvelope().getVersion());
        }
        if (failed(span)) {
            errors++;
            fail(span.getEnvelope().getEventTime(), span.getTraceId(), textOf(span));
        }
        slow(Latency.bucket(span.getDurationNanos()), span.getTraceId());
        bound();
        return this;
    }

    /** The sum as a partial. */
    public SpanPartial partial(
            String environment, String service, long windowStart, int source, String operation, boolean entry) {
        return new SpanPartial(
                environment,
                service,
                windowStart,
                source,
                operation,
                entry,
                count,
                errors,
                durationSumNanos,
                latency.rows(),
                firstError,
                errorTraceId,
                slowTraceId,
                errorText,
                List.copyOf(versions));
    }

    private void fail(long time, @Nullable String trace, String text) {
        boolean earlier = firstError == null || time < firstError;
        boolean least = firstError != null
                && time == firstError
                && (String.valueOf(trace) + text).compareTo(String.valueOf(errorTraceId) + errorText) < 0;
        if (earlier || least) {
            firstError = time;
            errorTraceId = trace;
            errorText = text;
        }
    }

    private void slow(long bucket, @Nullable String trace) {
        boolean tie = bucket == slowest && String.valueOf(trace).compareTo(String.valueOf(slowTraceId)) < 0;
        if (trace != null && (bucket > slowest || tie)) {
            slowest = bucket;
            slowTraceId = trace;
        }
    }

    private void bound() {
        while (versions.size() > VERSIONS) {
            versions.pollLast();
        }
    }

    private static long topBucket(SpanPartial row) {
        return row.getLatency().isEmpty()
                ? -1
                : row.getLatency().get(row.getLatency().size() - 1).getIndex();
    }

    private static String textOf(SpanEvent span) {
        String type = span.getExceptionType();
        String message = span.getExceptionMessage();
        String text = type == null ? span.getStatusMessage() : message == null ? type : type + ": " + message;
        return text.length() <= TEXT ? text : text.substring(0, TEXT);
    }
}
