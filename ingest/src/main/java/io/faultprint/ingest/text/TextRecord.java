package io.faultprint.ingest.text;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of a log file as OpenTelemetry's log record. */
final class TextRecord {

    private static final List<String> TIME =
            List.of("@timestamp", "ts", "timestamp", "time", "datetime", "asctime", "t");
    private static final List<String> LEVEL =
            List.of("level", "severity", "lvl", "log.level", "levelname", "loglevel", "severityText");
    private static final List<String> MESSAGE = List.of("message", "msg", "event", "log", "body", "MESSAGE");
    private static final List<String> TRACE = List.of(
            "stack_trace",
            "stacktrace",
            "exception.stacktrace",
            "error.stack_trace",
            "err.stack",
            "error.stack",
            "stack",
            "exc_info",
            "traceback",
            "exception");
    private static final List<String> TYPE =
            List.of("exception.type", "error.type", "err.type", "err.name", "error.name", "exception.class");
    private static final List<String> SAID = List.of("exception.message", "error.message", "err.message");
    private static final List<String> TRACE_ID = List.of("trace_id", "traceId", "trace.id", "traceid", "dd.trace_id");
    private static final List<String> SPAN_ID = List.of("span_id", "spanId", "span.id", "spanid", "dd.span_id");

    private TextRecord() {}

    /** The record; without a time when the entry has none. */
    static LogRecord of(Entry entry, LogTimes times) {
        LogRecord.Builder record = LogRecord.newBuilder();
        Fields fields = Fields.of(entry.text());
        if (fields != null) {
            fields(record, fields, entry, times);
        } else {
            plain(record, entry);
        }
        if (entry.cutLines() > 0) {
            attribute(record, "log.cut_lines", Integer.toString(entry.cutLines()));
        }
        if (entry.cutBytes() > 0) {
            attribute(record, "log.cut_bytes", Long.toString(entry.cutBytes()));
        }
        return record.build();
    }

    private static void plain(LogRecord.Builder record, Entry entry) {
        Stamp stamp = entry.stamp();
        record.setTimeUnixNano(stamp == null ? 0 : stamp.nanos());
        Thrown thrown = Thrown.in(entry.text());
        if (thrown == null) {
            body(record, entry.text());
            return;
        }
        thrown(record, thrown.type(), thrown.message(), thrown.stacktrace());
        String itself = thrown.message().isEmpty() ? thrown.type() : thrown.type() + ": " + thrown.message();
        body(record, thrown.before().isEmpty() ? itself : thrown.before());
        if (thrown.before().isEmpty()) {
            // Nobody logged it: it was printed on the way out of a thread or the program.
            record.setSeverityNumberValue(17);
        }
    }

    private static void fields(LogRecord.Builder record, Fields fields, Entry entry, LogTimes times) {
        String time = fields.take(TIME);
        long nanos = time == null ? 0 : times.value(time, entry.first().readAt());
        if (time != null && nanos == 0) {
            attribute(record, "time", time);
        }
        record.setTimeUnixNano(nanos);
        level(record, fields.take(LEVEL));
        String message = fields.take(MESSAGE);
        String stack = fields.take(TRACE);
        Thrown thrown = Thrown.in(stack != null ? stack : message == null ? "" : message);
        if (thrown != null) {
            String type = fields.take(TYPE);
            String said = fields.take(SAID);
            thrown(
                    record,
                    type == null ? thrown.type() : type,
                    said == null ? thrown.message() : said,
                    thrown.stacktrace());
        } else if (stack != null) {
            attribute(record, "exception", stack);
        }
        String trace = fields.take(TRACE_ID);
        record.setTraceId(id(trace, 32));
        String span = fields.take(SPAN_ID);
        record.setSpanId(id(span, 16));
        body(record, message == null ? entry.text() : message);
        fields.rest().forEach((name, value) -> attribute(record, name, value));
    }

    private static void level(LogRecord.Builder record, @Nullable String level) {
        if (level == null) {
            return;
        }
        record.setSeverityText(level);
        // Pino and bunyan count in tens: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
        if (level.length() == 2 && level.charAt(1) == '0' && level.charAt(0) >= '1' && level.charAt(0) <= '6') {
            record.setSeverityNumberValue((level.charAt(0) - '1') * 4 + 1);
        }
    }

    private static void thrown(LogRecord.Builder record, String type, String message, String stacktrace) {
        attribute(record, "exception.type", type);
        attribute(record, "exception.message", message);
        attribute(record, "exception.stacktrace", stacktrace);
    }

    private static ByteString id(@Nullable String text, int length) {
        if (text == null || text.length() != length) {
            return ByteString.EMPTY;
        }
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException noHex) {
            return ByteString.EMPTY;
        }
    }

    private static void body(LogRecord.Builder record, String text) {
        record.setBody(AnyValue.newBuilder().setStringValue(text));
    }

    private static void attribute(LogRecord.Builder record, String name, String value) {
        record.addAttributes(KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value)));
    }
}
