package io.faultprint.ingest.normalise;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's {@code exception.*} attributes, which become fields of their own. */
record ExceptionFields(
        @Nullable String type,
        @Nullable String message,
        @Nullable String stacktrace) {

    static final ExceptionFields NONE = new ExceptionFields(null, null, null);

    static boolean owns(String name) {
        return name.startsWith("exception.")
                && (name.equals("exception.type")
                        || name.equals("exception.message")
                        || name.equals("exception.stacktrace"));
    }

    static ExceptionFields of(List<KeyValue> attributes, Texts texts, Limits limits) {
        String type = null;
        String message = null;
        String stacktrace = null;
        for (KeyValue attribute : attributes) {
            if (!owns(attribute.getKey())) {
                continue;
            }
            String text = AnyText.of(attribute.getValue());
            switch (attribute.getKey()) {
                case "exception.type" ->
                    type = Texts.cut(text, limits.attributeBytes()).text();
                case "exception.message" ->
                    message = texts.bounded(text, limits.attributeBytes()).text();
                default -> stacktrace = texts.bounded(text, limits.bodyBytes()).text();
            }
        }
        return type == null && message == null && stacktrace == null
                ? NONE
                : new ExceptionFields(type, message, stacktrace);
    }
}
