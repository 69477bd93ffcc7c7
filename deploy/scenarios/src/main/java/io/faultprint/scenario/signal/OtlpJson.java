package io.faultprint.scenario.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes batches as the OpenTelemetry Collector's file exporter does: one JSON object, hex ids, enum numbers, 64-bit
 * integers as text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON Protobuf encoding</a>
 */
public final class OtlpJson {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private OtlpJson() {}

    /** {@code {"resourceLogs":[…]}}, grouped by sender in the order of their first line. */
    public static byte[] logs(List<Signal.Log> logs) {
        return resources("resourceLogs", "scopeLogs", "logRecords", logs, OtlpJson::log);
    }

    /** {@code {"resourceSpans":[…]}}, grouped by sender in the order of their first span. */
    public static byte[] spans(List<Signal.Span> spans) {
        return resources("resourceSpans", "scopeSpans", "spans", spans, OtlpJson::span);
    }

    /** {@code {"resourceMetrics":[…]}}, grouped by sender, then by metric. */
    public static byte[] metrics(List<Signal.Point> points) {
        return object(out -> {
            out.writeArrayFieldStart("resourceMetrics");
            for (var sender : bySender(points).entrySet()) {
                startResource(out, sender.getKey(), "scopeMetrics", "metrics");
                var byName = sender.getValue().stream()
                        .collect(Collectors.groupingBy(Signal.Point::name, LinkedHashMap::new, Collectors.toList()));
                for (List<Signal.Point> metric : byName.values()) {
                    metric(out, metric);
                }
                endResource(out);
            }
            out.writeEndArray();
        });
    }

    /** {@code {"changes":[…]}}, a line of a recorded file. */
    public static byte[] changes(List<Signal.Change> changes) {
        return object(out -> {
            out.writeFieldName("changes");
            changeArray(out, changes);
        });
    }

    /** {@code […]}, the body for the door of changes. */
    public static byte[] changeArray(List<Signal.Change> changes) {
        return bytes(out -> changeArray(out, changes));
    }

    private static void changeArray(JsonGenerator out, List<Signal.Change> changes) throws IOException {
        out.writeStartArray();
        for (Signal.Change change : changes) {
            out.writePOJO(change.fields());
        }
        out.writeEndArray();
    }

    private static void log(JsonGenerator out, Signal.Log log) throws IOException {
        out.writeStringField("timeUnixNano", Long.toString(log.timeNanos()));
        out.writeStringField("observedTimeUnixNano", Long.toString(log.timeNanos() + 1_000_000));
        if (log.severityNumber() > 0) {
            out.writeNumberField("severityNumber", log.severityNumber());
        }
        if (log.severityText() != null) {
            out.writeStringField("severityText", log.severityText());
        }
        out.writeObjectFieldStart("body");
        out.writeStringField("stringValue", log.body());
        out.writeEndObject();
        attributes(out, log.attributes());
        if (log.traceId() != null) {
            out.writeStringField("traceId", log.traceId());
        }
        if (log.spanId() != null) {
            out.writeStringField("spanId", log.spanId());
        }
    }

    private static void span(JsonGenerator out, Signal.Span span) throws IOException {
        out.writeStringField("traceId", span.traceId());
        out.writeStringField("spanId", span.spanId());
        if (span.parentId() != null) {
            out.writeStringField("parentSpanId", span.parentId());
        }
        out.writeStringField("name", span.name());
        out.writeNumberField("kind", span.kind().number());
        out.writeStringField("startTimeUnixNano", Long.toString(span.startNanos()));
        out.writeStringField("endTimeUnixNano", Long.toString(span.endNanos()));
        attributes(out, span.attributes());
        if (!span.exception().isEmpty()) {
            out.writeArrayFieldStart("events");
            out.writeStartObject();
            out.writeStringField("timeUnixNano", Long.toString(span.endNanos()));
            out.writeStringField("name", "exception");
            attributes(out, span.exception());
            out.writeEndObject();
            out.writeEndArray();
        }
        if (span.error()) {
            out.writeObjectFieldStart("status");
            if (span.statusMessage() != null) {
                out.writeStringField("message", span.statusMessage());
            }
            out.writeNumberField("code", 2);
            out.writeEndObject();
        }
    }

    private static void metric(JsonGenerator out, List<Signal.Point> points) throws IOException {
        Signal.Point first = points.get(0);
        out.writeStartObject();
        out.writeStringField("name", first.name());
        out.writeStringField("unit", first.unit());
        String type = first.value() instanceof Signal.Point.Gauge
                ? "gauge"
                : first.value() instanceof Signal.Point.Counter ? "sum" : "histogram";
        out.writeObjectFieldStart(type);
        if (!type.equals("gauge")) {
            out.writeNumberField("aggregationTemporality", 2);
        }
        if (type.equals("sum")) {
            out.writeBooleanField("isMonotonic", true);
        }
        out.writeArrayFieldStart("dataPoints");
        for (Signal.Point point : points) {
            out.writeStartObject();
            attributes(out, point.attributes());
            value(out, point.value());
            out.writeStringField("timeUnixNano", Long.toString(point.timeNanos()));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, Signal.Point.Value value) throws IOException {
        if (value instanceof Signal.Point.Gauge gauge) {
            out.writeNumberField("asDouble", gauge.value());
        } else if (value instanceof Signal.Point.Counter counter) {
            out.writeStringField("startTimeUnixNano", Long.toString(counter.startNanos()));
            out.writeStringField("asInt", Long.toString(counter.value()));
        } else if (value instanceof Signal.Point.Histogram histogram) {
            out.writeStringField("startTimeUnixNano", Long.toString(histogram.startNanos()));
            long count = histogram.counts().stream().mapToLong(Long::longValue).sum();
            out.writeStringField("count", Long.toString(count));
            out.writeNumberField("sum", histogram.sum());
            out.writeArrayFieldStart("bucketCounts");
            for (Long each : histogram.counts()) {
                out.writeString(Long.toString(each));
            }
            out.writeEndArray();
            out.writeArrayFieldStart("explicitBounds");
            for (Double each : histogram.bounds()) {
                out.writeNumber(each);
            }
            out.writeEndArray();
        }
    }

    private static <T extends Signal.Sent> byte[] resources(
            String resources, String scopes, String items, List<T> signals, Item<T> item) {
        return object(out -> {
            out.writeArrayFieldStart(resources);
            for (var sender : bySender(signals).entrySet()) {
                startResource(out, sender.getKey(), scopes, items);
                for (T signal : sender.getValue()) {
                    out.writeStartObject();
                    item.write(out, signal);
                    out.writeEndObject();
                }
                endResource(out);
            }
            out.writeEndArray();
        });
    }

    private static <T extends Signal.Sent> Map<Resource, List<T>> bySender(List<T> signals) {
        Map<Resource, List<T>> senders = new LinkedHashMap<>();
        Function<Resource, List<T>> fresh = key -> new ArrayList<>();
        signals.forEach(
                signal -> senders.computeIfAbsent(signal.resource(), fresh).add(signal));
        return senders;
    }

    private static void startResource(JsonGenerator out, Resource resource, String scopes, String items)
            throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("resource");
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("service.name", resource.service());
        attributes.put("service.instance.id", resource.pod());
        attributes.put("service.version", resource.version());
        attributes.put("deployment.environment.name", resource.environment());
        attributes.put("host.name", resource.host());
        attributes.put("k8s.pod.name", resource.pod());
        attributes.put("k8s.node.name", resource.host());
        attributes.put("cloud.availability_zone", resource.zone());
        attributes(out, attributes);
        out.writeEndObject();
        out.writeArrayFieldStart(scopes);
        out.writeStartObject();
        out.writeArrayFieldStart(items);
    }

    private static void endResource(JsonGenerator out) throws IOException {
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void attributes(JsonGenerator out, Map<String, Object> attributes) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("attributes");
        for (var attribute : attributes.entrySet()) {
            out.writeStartObject();
            out.writeStringField("key", attribute.getKey());
            out.writeObjectFieldStart("value");
            Object value = attribute.getValue();
            if (value instanceof Long number) {
                out.writeStringField("intValue", Long.toString(number));
            } else if (value instanceof Double number) {
                out.writeNumberField("doubleValue", number);
            } else if (value instanceof Boolean flag) {
                out.writeBooleanField("boolValue", flag);
            } else {
                out.writeStringField("stringValue", value.toString());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static byte[] object(Body body) {
        return bytes(out -> {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        });
    }

    private static byte[] bytes(Body body) {
        var bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private interface Item<T> {
        void write(JsonGenerator out, T item) throws IOException;
    }
}
