package io.faultprint.ingest.normalise;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;

/** An OpenTelemetry value as text: a string as it is, anything with parts as JSON. */
final class AnyText {

    private AnyText() {}

    static String of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE, KVLIST_VALUE -> {
                StringBuilder json = new StringBuilder();
                write(value, json);
                yield json.toString();
            }
            default -> "";
        };
    }

    private static void write(AnyValue value, StringBuilder json) {
        switch (value.getValueCase()) {
            case BOOL_VALUE, INT_VALUE -> json.append(of(value));
            case DOUBLE_VALUE -> {
                double number = value.getDoubleValue();
                if (Double.isFinite(number)) {
                    json.append(number);
                } else {
                    quote(Double.toString(number), json);
                }
            }
            case ARRAY_VALUE -> {
                json.append('[');
                String comma = "";
                for (AnyValue item : value.getArrayValue().getValuesList()) {
                    json.append(comma);
                    write(item, json);
                    comma = ",";
                }
                json.append(']');
            }
            case KVLIST_VALUE -> {
                json.append('{');
                String comma = "";
                for (KeyValue entry : value.getKvlistValue().getValuesList()) {
                    json.append(comma);
                    quote(entry.getKey(), json);
                    json.append(':');
                    write(entry.getValue(), json);
                    comma = ",";
                }
                json.append('}');
            }
            case STRING_VALUE, BYTES_VALUE -> quote(of(value), json);
            default -> json.append("null");
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }
}
