package io.faultprint.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** OTLP/JSON requests, put together record by record under the resource of each service. */
final class Otlp {

    static final String ENVIRONMENT = "chaos";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String signal;
    private final String scopes;
    private final String records;
    private final String instance;
    private final Map<String, ArrayNode> byService = new LinkedHashMap<>();
    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode resources;

    private Otlp(String signal, String scopes, String records, String instance) {
        this.signal = signal;
        this.scopes = scopes;
        this.records = records;
        this.instance = instance;
        this.resources = root.putArray(signal);
    }

    static Otlp logs(String instance) {
        return new Otlp("resourceLogs", "scopeLogs", "logRecords", instance);
    }

    static Otlp metrics(String instance) {
        return new Otlp("resourceMetrics", "scopeMetrics", "metrics", instance);
    }

    static Otlp spans(String instance) {
        return new Otlp("resourceSpans", "scopeSpans", "spans", instance);
    }

    /** A further record of a service, to be filled in. */
    ObjectNode record(String service) {
        return byService
                .computeIfAbsent(service, name -> {
                    ObjectNode resource = resources.addObject();
                    ArrayNode attributes = resource.putObject("resource").putArray("attributes");
                    attribute(attributes, "service.name", name);
                    attribute(attributes, "service.instance.id", instance);
                    attribute(attributes, "deployment.environment.name", ENVIRONMENT);
                    return resource.putArray(scopes).addObject().putArray(records);
                })
                .addObject();
    }

    static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    /** 64-bit integers are texts in OTLP/JSON. */
    static String nanos(long millis) {
        return millis + "000000";
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written: " + signal, e);
        }
    }
}
