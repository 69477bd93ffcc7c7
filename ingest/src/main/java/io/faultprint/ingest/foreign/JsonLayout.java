package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Map;

/**
 * Where a shipper that writes one JSON object per event puts what. Each list names dotted paths; the first that is there
 * and not blank counts.
 *
 * @param exceptions path by the OpenTelemetry attribute that it becomes, as {@code error.type} for {@code exception.type}
 * @param leftOut beginnings of paths that are about the shipper and say nothing of the event
 */
record JsonLayout(
        List<String> time,
        List<String> body,
        List<String> level,
        List<String> service,
        List<String> environment,
        List<String> instance,
        List<String> version,
        List<String> traceId,
        List<String> spanId,
        Map<String, String> exceptions,
        List<String> leftOut) {

    JsonLayout {
        time = List.copyOf(time);
        body = List.copyOf(body);
        level = List.copyOf(level);
        service = List.copyOf(service);
        environment = List.copyOf(environment);
        instance = List.copyOf(instance);
        version = List.copyOf(version);
        traceId = List.copyOf(traceId);
        spanId = List.copyOf(spanId);
        exceptions = Map.copyOf(exceptions);
        leftOut = List.copyOf(leftOut);
    }
}
