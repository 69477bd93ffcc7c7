package io.faultprint.ingest.foreign;

import com.google.protobuf.ByteString;
import io.faultprint.ingest.otlp.Decoded;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One log record in the making. */
final class LogDraft {

    private static final long NANOS = 1_000_000;

    private final LogRecord.Builder log = LogRecord.newBuilder();

    /** @param observed when it was appended, epoch milliseconds: its time where it has none of its own */
    LogDraft(String body, long observed) {
        log.setBody(AnyValue.newBuilder().setStringValue(body));
        log.setObservedTimeUnixNano(Math.max(observed, 0) * NANOS);
    }

    void time(long nanos) {
        log.setTimeUnixNano(nanos);
    }

    /** @param number OpenTelemetry's, 1 to 24; 0 when the word alone says it */
    void level(String word, int number) {
        log.setSeverityText(word);
        log.setSeverityNumberValue(number);
    }

    /** Ids in hex; what is none, or of another length, stays an attribute. False: it was none. */
    boolean traceId(String hex) {
        ByteString id = id(hex, 16);
        log.setTraceId(id == null ? ByteString.EMPTY : id);
        return id != null;
    }

    boolean spanId(String hex) {
        ByteString id = id(hex, 8);
        log.setSpanId(id == null ? ByteString.EMPTY : id);
        return id != null;
    }

    void attribute(String name, String value) {
        log.addAttributes(Names.attribute(name, value));
    }

    /** The request with this record alone. */
    Decoded.Request of(Resource resource) {
        return new Decoded.Request(
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder()
                                .setResource(resource)
                                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                        .build(),
                List.of());
    }

    private static @Nullable ByteString id(String hex, int bytes) {
        String plain = hex.length() == 36 ? hex.replace("-", "") : hex;
        if (plain.length() != 2 * bytes) {
            return null;
        }
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(plain));
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }
}
