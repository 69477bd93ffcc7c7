package io.faultprint.correlate.topology.signals;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Histogram;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.Summary;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether a well-formed event can be used. Ingest promises all of this; a producer that is not ours does not, and one
 * number that is none would spoil a baseline for good.
 */
final class Fitness {

    /** The end of the year 9999: later times are units mistaken, and their windows would never close. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final int MOST_INDEX = 1 << 20;

    /** Ingest cuts names at 256; they are parts of keys and of every record about a service. */
    private static final int NAME = 512;

    /** Why it cannot. */
    record Unfit(String cause, String message) {}

    private Fitness() {}

    /** Null when it can. */
    static @Nullable Unfit of(SpecificRecord event, Envelope envelope) {
        if (envelope.getEventTime() < 0 || envelope.getEventTime() > LATEST) {
            return envelope("eventTime " + envelope.getEventTime() + ": must be from 1970 to 9999, in milliseconds");
        }
        if (envelope.getIndex() < 0 || envelope.getIndex() > MOST_INDEX) {
            return envelope("index " + envelope.getIndex() + ": must be from 0 to " + MOST_INDEX);
        }
        Unfit tooLong = tooLong(event, envelope);
        if (tooLong != null) {
            return tooLong;
        }
        if (envelope.getService().isEmpty() && !namesServices(event)) {
            return envelope("no service is named, so it is about nobody");
        }
        if (event instanceof MetricEvent point && !finite(point.getValue())) {
            return new Unfit("BAD_VALUE", point.getName() + " " + point.getValue() + ": must be a finite number");
        }
        if (event instanceof SpanEvent span && span.getDurationNanos() < 0) {
            return new Unfit("BAD_VALUE", "durationNanos " + span.getDurationNanos() + ": must not be negative");
        }
        return null;
    }

    private static @Nullable Unfit tooLong(SpecificRecord event, Envelope envelope) {
        Unfit inEnvelope = first(
                tooLong("environment", envelope.getEnvironment()),
                tooLong("service", envelope.getService()),
                tooLong("instance", envelope.getInstance()),
                first(
                        tooLong("version", envelope.getVersion()),
                        tooLong("senderBatchId", envelope.getSenderBatchId()),
                        null,
                        null));
        return event instanceof SpanEvent span
                ? first(
                        inEnvelope,
                        tooLong("traceId", span.getTraceId()),
                        tooLong("spanId", span.getSpanId()),
                        tooLong("parentSpanId", span.getParentSpanId()))
                : inEnvelope;
    }

    private static @Nullable Unfit tooLong(String name, @Nullable String value) {
        return value == null || value.length() <= NAME
                ? null
                : envelope(name + " of " + value.length() + " characters: must not be longer than " + NAME);
    }

    private static @Nullable Unfit first(@Nullable Unfit a, @Nullable Unfit b, @Nullable Unfit c, @Nullable Unfit d) {
        return a != null ? a : b != null ? b : c != null ? c : d;
    }

    private static Unfit envelope(String message) {
        return new Unfit("BAD_ENVELOPE", message);
    }

    /** A change that names nobody is about everybody; an alert that names nobody cannot be told of anyone. */
    private static boolean namesServices(SpecificRecord event) {
        return event instanceof ChangeEvent
                || (event instanceof AlertEvent alert && !alert.getServices().isEmpty());
    }

    private static boolean finite(Object value) {
        if (value instanceof Histogram histogram) {
            return histogram.getSum() == null || Double.isFinite(histogram.getSum());
        }
        return Double.isFinite(value instanceof Summary summary ? summary.getSum() : (Double) value);
    }
}
