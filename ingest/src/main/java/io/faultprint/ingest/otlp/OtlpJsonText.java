package io.faultprint.ingest.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OTLP request as JSON, as {@link OtlpJson} reads it: ids in hex, enums as numbers, 64-bit integers as strings
 * (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding"). Fields that OTLP does not have are left out.
 */
public final class OtlpJsonText {

    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

    private OtlpJsonText() {}

    /** The request in UTF-8, in one line. */
    public static byte[] of(Message request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = OtlpJson.FACTORY.createGenerator(bytes)) {
            object(request, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void object(Message message, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            out.writeFieldName(field.getKey().getJsonName());
            if (field.getKey().isRepeated()) {
                out.writeStartArray();
                for (Object item : (List<?>) field.getValue()) {
                    value(field.getKey(), item, out);
                }
                out.writeEndArray();
            } else {
                value(field.getKey(), field.getValue(), out);
            }
        }
        out.writeEndObject();
    }

    private static void value(FieldDescriptor field, Object value, JsonGenerator out) throws IOException {
        switch (field.getType()) {
            case MESSAGE, GROUP -> object((Message) value, out);
            case ENUM -> out.writeNumber(((EnumValueDescriptor) value).getNumber());
            case BYTES -> out.writeString(bytes(field, (ByteString) value));
            case STRING -> out.writeString((String) value);
            case BOOL -> out.writeBoolean((Boolean) value);
            case DOUBLE, FLOAT -> number(((Number) value).doubleValue(), out);
            case UINT64, FIXED64 -> out.writeString(Long.toUnsignedString((Long) value));
            case INT64, SINT64, SFIXED64 -> out.writeString(Long.toString((Long) value));
            case UINT32, FIXED32 -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
            case INT32, SINT32, SFIXED32 -> out.writeNumber((Integer) value);
        }
    }

    private static void number(double value, JsonGenerator out) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Double.toString(value));
        }
    }

    private static String bytes(FieldDescriptor field, ByteString value) {
        return IDS.contains(field.getName())
                ? HexFormat.of().formatHex(value.toByteArray())
                : Base64.getEncoder().encodeToString(value.toByteArray());
    }
}
