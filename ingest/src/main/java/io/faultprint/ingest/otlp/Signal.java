package io.faultprint.ingest.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** The three signals of OTLP. A binary request does not say which it is: the path or topic it came by does. */
public enum Signal {
    LOGS("logs", "resourceLogs", ExportLogsServiceRequest.getDefaultInstance()),
    METRICS("metrics", "resourceMetrics", ExportMetricsServiceRequest.getDefaultInstance()),
    TRACES("traces", "resourceSpans", ExportTraceServiceRequest.getDefaultInstance());

    private final String path;
    private final String jsonField;
    private final Message empty;

    Signal(String path, String jsonField, Message empty) {
        this.path = path;
        this.jsonField = jsonField;
        this.empty = empty;
    }

    /** The last part of its OTLP/HTTP path, for example {@code logs} of {@code /v1/logs}. */
    public String path() {
        return path;
    }

    /** The only field of its request in JSON. */
    public String jsonField() {
        return jsonField;
    }

    Message empty() {
        return empty;
    }
}
