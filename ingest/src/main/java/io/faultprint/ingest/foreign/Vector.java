package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Map;

/** Vector's log events in JSON, with the fields of its sources file, kubernetes_logs, docker_logs, syslog and journald. */
final class Vector {

    static final JsonLayout LAYOUT = new JsonLayout(
            List.of("timestamp", "@timestamp"),
            List.of("message", "MESSAGE"),
            List.of("level", "severity", "log_level", "PRIORITY"),
            List.of(
                    "service.name",
                    "service",
                    "kubernetes.pod_labels.app.kubernetes.io/name",
                    "kubernetes.pod_labels.app",
                    "kubernetes.container_name",
                    "container_name",
                    "appname",
                    "SYSLOG_IDENTIFIER"),
            List.of("deployment.environment.name", "deployment.environment", "environment", "env"),
            List.of("kubernetes.pod_name", "container_id", "host", "hostname"),
            List.of("service.version", "kubernetes.pod_labels.app.kubernetes.io/version"),
            List.of("trace_id", "traceId", "trace.id"),
            List.of("span_id", "spanId", "span.id"),
            Map.of(
                    "exception.type", "exception.type",
                    "exception.message", "exception.message",
                    "exception.stacktrace", "stack_trace"),
            List.of("kubernetes.pod_annotations.", "kubernetes.namespace_labels.", "kubernetes.node_labels."));

    private Vector() {}
}
