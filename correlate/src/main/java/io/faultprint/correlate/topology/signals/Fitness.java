package io.faultprint.correlate.topology.signals;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Histogram;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.Summary;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.topic.Keys;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether a well-formed event can be used. Ingest promises all of this; a producer that is not ours does not, and one
 * number that is none would spoil a baseline for good. Bounds are far above what ingest lets through.
 */
final class Fitness {

    /** A row of state and a record sent on hold at most one event: it must fit into a changelog with room to spare. */
    static final int LARGEST = 768 << 10;

    private static final int MOST_INDEX = 1 << 20;

    /** Characters of a name that becomes part of keys; ingest lets 256 through. */
    private static final int NAME = 1 << 10;

    /** Characters of a name that is only shown; ingest lets 2 KiB through. */
    private static final int TEXT = 8 << 10;

    /** A change becomes a record for each service that it names; ingest lets 256 through. */
    private static final int SERVICES = 1 << 10;

    /** A sum of such durations stays far from what a long holds. */
    private static final long LONGEST_NANOS = Duration.ofDays(366).toNanos();

    private static final int MOST_SEVERE = 24;

    private Fitness() {}

    /** Null when it can. */
    static @Nullable Refusal of(
            SpecificRecord event, Envelope envelope, @Nullable String key, long appended, Horizon horizon) {
        Refusal refusal = envelope(event, envelope, appended, horizon);
        refusal = refusal == null ? body(event) : refusal;
        return refusal == null ? key(event, envelope, key) : refusal;
    }

    /** The same for an event that was routed to one service: its key is that service's, or none. */
    static @Nullable Refusal routed(
            SpecificRecord event, Envelope envelope, @Nullable String key, long appended, Horizon horizon) {
        Refusal refusal = envelope(event, envelope, appended, horizon);
        refusal = refusal == null ? body(event) : refusal;
        if (refusal != null) {
            return refusal;
        }
        String service = envelope.getService();
        return sameKey(service.isEmpty() ? null : Keys.service(envelope.getEnvironment(), service), key);
    }

    private static @Nullable Refusal envelope(SpecificRecord event, Envelope envelope, long appended, Horizon horizon) {
        long time = envelope.getEventTime();
        if (!horizon.believesEvent(time, appended)) {
            return envelope("eventTime " + time + ", appended at " + appended + ": must be from 1970 to "
                    + (horizon.live() ? "a day after the broker's clock" : "9999") + ", in milliseconds");
        }
        if (envelope.getIndex() < 0 || envelope.getIndex() > MOST_INDEX) {
            return envelope("index " + envelope.getIndex() + ": must be from 0 to " + MOST_INDEX);
        }
        String batch = envelope.getSenderBatchId();
        for (String name : List.of(
                envelope.getEnvironment(),
                envelope.getService(),
                envelope.getInstance(),
                envelope.getVersion(),
                envelope.getDoor(),
                batch == null ? "" : batch)) {
            if (name.length() > NAME) {
                return envelope("a name of " + name.length() + " characters in the envelope; at most " + NAME);
            }
        }
        if (envelope.getEnvironment().isEmpty() || envelope.getEnvironment().indexOf('/') >= 0) {
            return envelope("environment '" + envelope.getEnvironment() + "': must be named, a slash written %2F");
        }
        if (envelope.getService().isEmpty() && !namesServices(event)) {
            return envelope("no service is named, so it is about nobody");
        }
        return null;
    }

    private static @Nullable Refusal body(SpecificRecord event) {
        if (event instanceof LogEvent log && (log.getSeverityNumber() < 0 || log.getSeverityNumber() > MOST_SEVERE)) {
            return value("severityNumber " + log.getSeverityNumber() + ": must be from 0 to " + MOST_SEVERE);
        }
        if (event instanceof MetricEvent point) {
            return Points.refusal(point, NAME);
        }
        if (event instanceof SpanEvent span) {
            return span(span);
        }
        if (event instanceof ChangeEvent change) {
            return named(change.getId(), change.getServices());
        }
        return event instanceof AlertEvent alert ? named(alert.getId(), alert.getServices()) : null;
    }

    private static @Nullable Refusal span(SpanEvent span) {
        if (span.getDurationNanos() < 0 || span.getDurationNanos() > LONGEST_NANOS) {
            return value("durationNanos " + span.getDurationNanos() + ": must be from 0 to a year");
        }
        String parent = span.getParentSpanId();
        if (span.getTraceId().length() > NAME
                || span.getSpanId().length() > NAME
                || (parent != null && parent.length() > NAME)) {
            return value("an id of a span has more than " + NAME + " characters");
        }
        return span.getName().length() > TEXT
                ? value("a span's name of " + span.getName().length() + " characters; at most " + TEXT)
                : null;
    }

    private static @Nullable Refusal named(String id, List<String> services) {
        if (id.length() > TEXT) {
            return value("an id of " + id.length() + " characters; at most " + TEXT);
        }
        if (services.size() > SERVICES) {
            return value("it names " + services.size() + " services; at most " + SERVICES);
        }
        return services.stream().anyMatch(service -> service.isEmpty() || service.length() > NAME)
                ? value("a service that it names has no character, or more than " + NAME)
                : null;
    }

    /** A record under another key stands in another partition, and its service would be counted in two places. */
    private static @Nullable Refusal key(SpecificRecord event, Envelope envelope, @Nullable String key) {
        String environment = envelope.getEnvironment();
        if (event instanceof SpanEvent span) {
            return sameKey(Keys.trace(environment, span.getTraceId()), key);
        }
        return event instanceof LogEvent || event instanceof MetricEvent
                ? sameKey(Keys.service(environment, envelope.getService()), key)
                : sameKey(environment, key);
    }

    static @Nullable Refusal sameKey(@Nullable String wanted, @Nullable String found) {
        boolean same = wanted == null ? found == null || found.isEmpty() : wanted.equals(found);
        return same
                ? null
                : new Refusal(
                        Cause.BAD_KEY,
                        "the key is " + shown(found) + ", its contents ask for " + shown(wanted)
                                + ": the key decides the partition, so they must agree");
    }

    private static String shown(@Nullable String key) {
        return key == null ? "none" : "'" + Letter.cut(key) + "'";
    }

    private static Refusal envelope(String message) {
        return new Refusal(Cause.BAD_ENVELOPE, message);
    }

    private static Refusal value(String message) {
        return new Refusal(Cause.BAD_VALUE, message);
    }

    /** A change that names nobody is about everybody; an alert that names nobody cannot be told of anyone. */
    private static boolean namesServices(SpecificRecord event) {
        return event instanceof ChangeEvent
                || (event instanceof AlertEvent alert && !alert.getServices().isEmpty());
    }

    /** Whether the numbers of a metric point are numbers. */
    private static final class Points {

        private Points() {}

        static @Nullable Refusal refusal(MetricEvent point, int name) {
            if (point.getName().length() > name || point.getUnit().length() > name) {
                return value("a metric's name or unit of more than " + name + " characters");
            }
            Object body = point.getValue();
            boolean fits = switch (point.getKind()) {
                case HISTOGRAM -> body instanceof Histogram;
                case SUMMARY -> body instanceof Summary;
                default -> body instanceof Double;
            };
            if (!fits) {
                return value(point.getName() + ": a " + point.getKind() + " with the value of another kind");
            }
            if (!finite(body)) {
                return value(point.getName() + " " + Letter.cut(String.valueOf(body)) + ": must be a finite number");
            }
            return counted(body) ? null : value(point.getName() + ": counts must not be negative");
        }

        private static boolean finite(Object body) {
            if (body instanceof Histogram histogram) {
                return histogram.getSum() == null || Double.isFinite(histogram.getSum());
            }
            return Double.isFinite(body instanceof Summary summary ? summary.getSum() : (Double) body);
        }

        private static boolean counted(Object body) {
            if (body instanceof Histogram histogram) {
                return histogram.getCount() >= 0
                        && histogram.getCounts().stream().allMatch(count -> count >= 0);
            }
            return !(body instanceof Summary summary) || summary.getCount() >= 0;
        }
    }
}
