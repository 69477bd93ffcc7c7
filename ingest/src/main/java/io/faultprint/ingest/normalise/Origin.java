package io.faultprint.ingest.normalise;

import io.faultprint.event.Envelope;
import io.faultprint.topic.Keys;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a record, as its resource says (OpenTelemetry semantic conventions: deployment, service, k8s, host).
 *
 * @param environment escaped as keys carry it
 * @param refusal why nothing of this resource can be used; null when all is well
 */
record Origin(
        String environment,
        String service,
        String instance,
        String version,
        @Nullable Refusal refusal) {

    /** Where nobody names an environment. */
    static final String DEFAULT_ENVIRONMENT = "default";

    static Origin of(Resource resource) {
        String environment = "";
        String older = "";
        String service = "";
        String version = "";
        String instance = "";
        String pod = "";
        String host = "";
        for (KeyValue attribute : resource.getAttributesList()) {
            switch (attribute.getKey()) {
                case "deployment.environment.name" -> environment = AnyText.of(attribute.getValue());
                case "deployment.environment" -> older = AnyText.of(attribute.getValue());
                case "service.name" -> service = AnyText.of(attribute.getValue());
                case "service.version" -> version = AnyText.of(attribute.getValue());
                case "service.instance.id" -> instance = AnyText.of(attribute.getValue());
                case "k8s.pod.name" -> pod = AnyText.of(attribute.getValue());
                case "host.name" -> host = AnyText.of(attribute.getValue());
                default -> {
                    continue;
                }
            }
        }
        String named = environment.isBlank() ? older : environment;
        return of(named, service, first(instance, pod, host), version);
    }

    private static Origin of(String environment, String service, String instance, String version) {
        String escaped = Keys.escapeEnvironment(environment.isBlank() ? DEFAULT_ENVIRONMENT : environment);
        Refusal refusal = null;
        if (service.isBlank()) {
            refusal = new Refusal(Cause.NO_SERVICE, "the resource has no service.name");
        } else if (service.length() > Limits.NAME || escaped.length() > Limits.NAME) {
            refusal = new Refusal(
                    Cause.NAME_TOO_LONG, "service.name and deployment.environment.name have at most 256 characters");
        }
        return new Origin(
                refusal == null ? escaped : "",
                refusal == null ? service : "",
                Texts.cut(instance, Limits.NAME).text(),
                Texts.cut(version, Limits.NAME).text(),
                refusal);
    }

    String key() {
        return refusal == null ? Keys.service(environment, service) : "";
    }

    Envelope envelope(EventTimes.Timed time, Source source, int index) {
        return new Envelope(
                environment,
                service,
                instance,
                version,
                time.time(),
                source.door(),
                source.batchId(),
                index,
                source.receivedAt(time.time()),
                time.clamped());
    }

    private static String first(String a, String b, String c) {
        if (!a.isBlank()) {
            return a;
        }
        return b.isBlank() ? c : b;
    }
}
