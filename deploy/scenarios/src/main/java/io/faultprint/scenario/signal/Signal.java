package io.faultprint.scenario.signal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that is sent. Times are nanoseconds since the epoch; attribute values are text, Long, Double or Boolean. */
public sealed interface Signal {

    /** When it is complete: a span's end, a line's or a point's own time. Signals leave the world in this order. */
    long timeNanos();

    /** The service it is about. */
    String service();

    /** A signal of one sender. */
    sealed interface Sent extends Signal {

        /** Who sends it. */
        Resource resource();

        @Override
        default String service() {
            return resource().service();
        }
    }

    /**
     * A span.
     *
     * @param resource who sends it
     * @param traceId 32 hex digits
     * @param spanId 16 hex digits
     * @param parentId 16 hex digits, or null at the edge
     * @param name low-cardinality name
     * @param kind what role it has
     * @param startNanos its start
     * @param endNanos its end
     * @param error whether its status is ERROR, else unset
     * @param statusMessage of an error
     * @param attributes semantic conventions
     * @param exception attributes of an exception event, empty when there is none
     */
    record Span(
            Resource resource,
            String traceId,
            String spanId,
            @Nullable String parentId,
            String name,
            Kind kind,
            long startNanos,
            long endNanos,
            boolean error,
            @Nullable String statusMessage,
            Map<String, Object> attributes,
            Map<String, Object> exception)
            implements Sent {

        @Override
        public long timeNanos() {
            return endNanos;
        }

        /** Span kinds, with OTLP's numbers. */
        public enum Kind {
            SERVER(2),
            CLIENT(3),
            PRODUCER(4),
            CONSUMER(5);

            private final int number;

            Kind(int number) {
                this.number = number;
            }

            /** OTLP's number. */
            public int number() {
                return number;
            }
        }
    }

    /**
     * A log record.
     *
     * @param resource who sends it
     * @param timeNanos its time
     * @param severityNumber OpenTelemetry's number; 0 when only the text tells
     * @param severityText its name, null when only the text tells
     * @param body the line
     * @param traceId null outside a trace or when the sender does not know it
     * @param spanId as traceId
     * @param attributes more about it
     */
    record Log(
            Resource resource,
            long timeNanos,
            int severityNumber,
            @Nullable String severityText,
            String body,
            @Nullable String traceId,
            @Nullable String spanId,
            Map<String, Object> attributes)
            implements Sent {}

    /**
     * A metric point.
     *
     * @param resource who sends it
     * @param timeNanos its time
     * @param name the metric
     * @param unit UCUM unit
     * @param attributes the series' own
     * @param value what was measured
     */
    record Point(
            Resource resource, long timeNanos, String name, String unit, Map<String, Object> attributes, Value value)
            implements Sent {

        /** What a point can hold. */
        public sealed interface Value {}

        /**
         * A momentary value.
         *
         * @param value the value
         */
        public record Gauge(double value) implements Value {}

        /**
         * A cumulative monotonic counter.
         *
         * @param startNanos when it began at zero
         * @param value the count
         */
        public record Counter(long startNanos, long value) implements Value {}

        /**
         * A cumulative histogram.
         *
         * @param startNanos when it began at zero
         * @param sum sum of all values
         * @param bounds upper bounds of the buckets but the last
         * @param counts one more than bounds
         */
        public record Histogram(long startNanos, double sum, List<Double> bounds, List<Long> counts) implements Value {}
    }

    /**
     * A change, for the door of changes.
     *
     * @param timeNanos when it happened
     * @param service what was changed
     * @param fields the JSON object, in order
     */
    record Change(long timeNanos, String service, Map<String, Object> fields) implements Signal {}
}
