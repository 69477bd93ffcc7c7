package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Map;

/** The Elastic Common Schema, as Filebeat, Elastic Agent and ECS loggers write it. */
final class Ecs {

    static final JsonLayout LAYOUT = new JsonLayout(
            List.of("@timestamp"),
            List.of("message", "event.original", "error.message"),
            List.of("log.level", "log.syslog.severity.name"),
            List.of(
                    "service.name",
                    "kubernetes.labels.app_kubernetes_io/name",
                    "kubernetes.labels.app.kubernetes.io/name",
                    "kubernetes.labels.app",
                    "kubernetes.container.name",
                    "container.name"),
            List.of("service.environment"),
            List.of("service.node.name", "kubernetes.pod.name", "host.name", "host.hostname", "agent.hostname"),
            List.of("service.version"),
            List.of("trace.id"),
            List.of("span.id"),
            Map.of(
                    "exception.type", "error.type",
                    "exception.message", "error.message",
                    "exception.stacktrace", "error.stack_trace"),
            List.of("@metadata.", "@version", "ecs.", "agent.", "input."));

    private Ecs() {}
}
