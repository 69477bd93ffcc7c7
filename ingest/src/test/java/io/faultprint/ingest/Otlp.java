package io.faultprint.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/** Short ways to OTLP messages. */
public final class Otlp {

    private Otlp() {}

    public static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }

    public static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    public static Resource service(String name) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", name))
                .addAttributes(attribute("deployment.environment.name", "shop"))
                .build();
    }

    public static LogRecord.Builder log(long millis, String body) {
        return LogRecord.newBuilder().setTimeUnixNano(millis * 1_000_000).setBody(text(body));
    }

    public static ExportLogsServiceRequest logs(Resource resource, LogRecord.Builder... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build();
    }

    public static ExportMetricsServiceRequest metrics(Resource resource, Metric... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build();
    }

    public static Metric gauge(String name, long millis, double... values) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (double value : values) {
            gauge.addDataPoints(NumberDataPoint.newBuilder()
                    .setTimeUnixNano(millis * 1_000_000)
                    .setAsDouble(value));
        }
        return Metric.newBuilder().setName(name).setGauge(gauge).build();
    }

    public static Span.Builder span(int id, long startMillis, long endMillis) {
        return Span.newBuilder()
                .setTraceId(id(16, id))
                .setSpanId(id(8, id))
                .setName("GET /orders")
                .setStartTimeUnixNano(startMillis * 1_000_000)
                .setEndTimeUnixNano(endMillis * 1_000_000);
    }

    public static ByteString id(int length, int value) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = (byte) value;
        return ByteString.copyFrom(bytes);
    }

    public static ExportTraceServiceRequest spans(Resource resource, Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
                .build();
    }
}
