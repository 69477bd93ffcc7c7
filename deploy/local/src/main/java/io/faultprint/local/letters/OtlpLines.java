package io.faultprint.local.letters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Histogram;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.event.Summary;
import io.faultprint.event.Temporality;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events back into the lines that a replay reads: OTLP/JSON, one record each, and changes. What ingest took out of an
 * event (secrets, cut texts) stays out.
 */
final class OtlpLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpLines() {}

    /** The envelope of what {@link #of} can write; empty for any other record. */
    static Optional<Envelope> envelope(SpecificRecord event) {
        boolean known = event instanceof LogEvent
                || event instanceof MetricEvent
                || event instanceof SpanEvent
                || event instanceof ChangeEvent;
        return known ? Optional.of((Envelope) event.get(0)) : Optional.empty();
    }

    static String of(SpecificRecord event) {
        ObjectNode line = JSON.createObjectNode();
        if (event instanceof LogEvent log) {
            group(line, "resourceLogs", "scopeLogs", "logRecords", log.getEnvelope())
                    .add(log(log));
        } else if (event instanceof SpanEvent span) {
            group(line, "resourceSpans", "scopeSpans", "spans", span.getEnvelope())
                    .add(span(span));
        } else if (event instanceof MetricEvent point) {
            group(line, "resourceMetrics", "scopeMetrics", "metrics", point.getEnvelope())
                    .add(metric(point));
        } else if (event instanceof ChangeEvent change) {
            line.putArray("changes").add(change(change));
        } else {
            throw new IllegalArgumentException(
                    "no line for a " + event.getSchema().getFullName());
        }
        return line.toString();
    }

    private static ArrayNode group(ObjectNode line, String groups, String scopes, String items, Envelope envelope) {
        ObjectNode group = line.putArray(groups).addObject();
        ArrayNode attributes = group.putObject("resource").putArray("attributes");
        attribute(attributes, "deployment.environment.name", environment(envelope));
        attribute(attributes, "service.name", envelope.getService());
        attribute(attributes, "service.instance.id", envelope.getInstance());
        attribute(attributes, "service.version", envelope.getVersion());
        return group.putArray(scopes).addObject().putArray(items);
    }

    /** As its sender wrote it: keys carry it escaped. */
    private static String environment(Envelope envelope) {
        return envelope.getEnvironment().replace("%2F", "/").replace("%25", "%");
    }

    private static ObjectNode log(LogEvent log) {
        ObjectNode record = JSON.createObjectNode();
        record.put("timeUnixNano", nanos(log.getEnvelope().getEventTime()));
        record.put("severityNumber", log.getSeverityNumber());
        record.put("severityText", log.getSeverityText());
        record.putObject("body").put("stringValue", log.getBody());
        put(record, "traceId", log.getTraceId());
        put(record, "spanId", log.getSpanId());
        ArrayNode attributes = attributes(record, log.getAttributes());
        exception(attributes, log.getExceptionType(), log.getExceptionMessage(), log.getExceptionStacktrace());
        return record;
    }

    private static ObjectNode span(SpanEvent span) {
        ObjectNode record = JSON.createObjectNode();
        long end = span.getEnvelope().getEventTime() * 1_000_000;
        record.put("traceId", span.getTraceId());
        record.put("spanId", span.getSpanId());
        put(record, "parentSpanId", span.getParentSpanId());
        record.put("name", span.getName());
        record.put("kind", kind(span.getKind()));
        record.put("startTimeUnixNano", Long.toString(end - span.getDurationNanos()));
        record.put("endTimeUnixNano", Long.toString(end));
        ObjectNode status = record.putObject("status");
        status.put("code", span.getStatus() == SpanStatus.ERROR ? 2 : span.getStatus() == SpanStatus.OK ? 1 : 0);
        status.put("message", span.getStatusMessage());
        ArrayNode attributes = attributes(record, span.getAttributes());
        exception(attributes, span.getExceptionType(), span.getExceptionMessage(), span.getExceptionStacktrace());
        return record;
    }

    /** OTLP's number. */
    private static int kind(SpanKind kind) {
        return switch (kind) {
            case UNSPECIFIED -> 0;
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }

    private static ObjectNode metric(MetricEvent event) {
        ObjectNode metric = JSON.createObjectNode();
        metric.put("name", event.getName());
        metric.put("unit", event.getUnit());
        ObjectNode body = switch (event.getKind()) {
            case GAUGE -> metric.putObject("gauge");
            case COUNTER -> metric.putObject("sum").put("isMonotonic", true);
            case UP_DOWN_COUNTER -> metric.putObject("sum");
            case HISTOGRAM -> metric.putObject("histogram");
            case SUMMARY -> metric.putObject("summary");
        };
        if (event.getTemporality() != Temporality.UNSPECIFIED) {
            body.put("aggregationTemporality", event.getTemporality() == Temporality.DELTA ? 1 : 2);
        }
        ObjectNode point = body.putArray("dataPoints").addObject();
        point.put("timeUnixNano", nanos(event.getEnvelope().getEventTime()));
        Long start = event.getStartTime();
        if (start != null) {
            point.put("startTimeUnixNano", nanos(start));
        }
        attributes(point, event.getAttributes());
        if (event.getValue() instanceof Histogram histogram) {
            histogram(point, histogram);
        } else if (event.getValue() instanceof Summary summary) {
            point.put("count", Long.toString(summary.getCount())).put("sum", summary.getSum());
            ArrayNode quantiles = point.putArray("quantileValues");
            summary.getQuantiles()
                    .forEach(each -> quantiles
                            .addObject()
                            .put("quantile", each.getQuantile())
                            .put("value", each.getValue()));
        } else {
            point.put("asDouble", (Double) event.getValue());
        }
        return metric;
    }

    private static void histogram(ObjectNode point, Histogram histogram) {
        point.put("count", Long.toString(histogram.getCount()));
        put(point, "sum", histogram.getSum());
        put(point, "min", histogram.getMin());
        put(point, "max", histogram.getMax());
        ArrayNode counts = point.putArray("bucketCounts");
        histogram.getCounts().forEach(count -> counts.add(Long.toString(count)));
        ArrayNode bounds = point.putArray("explicitBounds");
        histogram.getBounds().forEach(bounds::add);
    }

    private static ObjectNode change(ChangeEvent change) {
        ObjectNode declared = JSON.createObjectNode();
        declared.put("id", change.getId());
        declared.put("kind", change.getKind().name().toLowerCase(java.util.Locale.ROOT));
        declared.set("services", JSON.valueToTree(change.getServices()));
        declared.put("who", change.getWho());
        declared.put("what", change.getWhat());
        declared.put("versionBefore", change.getVersionBefore());
        declared.put("versionAfter", change.getVersionAfter());
        declared.put("repository", change.getRepository());
        declared.set("commits", JSON.valueToTree(change.getCommits()));
        declared.set("changedPaths", JSON.valueToTree(change.getChangedPaths()));
        declared.put("link", change.getLink());
        declared.put("environment", environment(change.getEnvelope()));
        declared.put(
                "time",
                java.time.Instant.ofEpochMilli(change.getEnvelope().getEventTime())
                        .toString());
        return declared;
    }

    private static ArrayNode attributes(ObjectNode record, Map<String, String> all) {
        ArrayNode attributes = record.putArray("attributes");
        all.forEach((key, value) -> attribute(attributes, key, value));
        return attributes;
    }

    private static void exception(
            ArrayNode attributes, @Nullable String type, @Nullable String message, @Nullable String stacktrace) {
        attribute(attributes, "exception.type", type);
        attribute(attributes, "exception.message", message);
        attribute(attributes, "exception.stacktrace", stacktrace);
    }

    private static void attribute(ArrayNode attributes, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Double value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static String nanos(long millis) {
        return Long.toString(millis * 1_000_000);
    }
}
