package io.faultprint.ingest.http;

import com.google.protobuf.CodedOutputStream;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two encodings of OTLP/HTTP; an answer has that of its request (OTLP specification 1.x, "OTLP/HTTP response"). */
enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String contentType;

    Encoding(String contentType) {
        this.contentType = contentType;
    }

    /** The encoding that a Content-Type names, its parameters left aside; null for any other. */
    static @Nullable Encoding of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
            case "application/json" -> JSON;
            default -> null;
        };
    }

    String contentType() {
        return contentType;
    }

    Decoded read(Signal signal, byte[] bytes, Parts parts) {
        return this == PROTOBUF ? OtlpProtobuf.read(signal, bytes, parts) : OtlpJson.read(signal, bytes, parts);
    }

    /** A google.rpc.Status: code 1, message 2. */
    byte[] status(int code, String message) {
        if (this == JSON) {
            return Json.bytes("{\"code\":" + code + ",\"message\":" + Json.quoted(message) + "}");
        }
        return write(out -> {
            out.writeInt32(1, code);
            out.writeString(2, message);
        });
    }

    /** An Export…ServiceResponse; its partial_success (field 1: rejected 1, error_message 2) only when it says something. */
    byte[] success(Signal signal, int rejected, String message) {
        if (this == JSON) {
            return Json.bytes(
                    rejected == 0
                            ? "{}"
                            : "{\"partialSuccess\":{\"" + rejectedField(signal) + "\":\"" + rejected
                                    + "\",\"errorMessage\":" + Json.quoted(message) + "}}");
        }
        if (rejected == 0) {
            return new byte[0];
        }
        byte[] partial = write(out -> {
            out.writeInt64(1, rejected);
            out.writeString(2, message);
        });
        return write(out -> out.writeByteArray(1, partial));
    }

    private static String rejectedField(Signal signal) {
        return switch (signal) {
            case LOGS -> "rejectedLogRecords";
            case METRICS -> "rejectedDataPoints";
            case TRACES -> "rejectedSpans";
        };
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
