package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Map;

/** Fluent Bit's and Fluentd's JSON: whatever their inputs and filters made, with the usual names. */
final class FluentBit {

    static final JsonLayout LAYOUT = new JsonLayout(
            List.of("@timestamp", "timestamp", "date", "time", "ts"),
            List.of("log", "message", "msg", "MESSAGE"),
            List.of("level", "severity", "log_level", "loglevel", "levelname", "lvl", "PRIORITY"),
            List.of(
                    "service.name",
                    "service",
                    "kubernetes.labels.app.kubernetes.io/name",
                    "kubernetes.labels.app",
                    "kubernetes.labels.k8s-app",
                    "kubernetes.container_name",
                    "container_name",
                    "SYSLOG_IDENTIFIER",
                    "ident"),
            List.of("deployment.environment.name", "deployment.environment", "environment", "env"),
            List.of("kubernetes.pod_name", "container_id", "hostname", "host", "_HOSTNAME", "kubernetes.host"),
            List.of("service.version", "kubernetes.labels.app.kubernetes.io/version"),
            List.of("trace_id", "traceId", "trace.id"),
            List.of("span_id", "spanId", "span.id"),
            Map.of(
                    "exception.type", "exception.type",
                    "exception.message", "exception.message",
                    "exception.stacktrace", "stack_trace"),
            List.of("kubernetes.annotations.", "_p"));

    private FluentBit() {}
}
