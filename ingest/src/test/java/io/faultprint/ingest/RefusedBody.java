package io.faultprint.ingest;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A body that is refused as a whole.
 *
 * @param says what the answer's message must hold
 * @param kept the cause of its dead letter; empty when it is refused by its form alone and nothing is kept
 */
@SuppressWarnings("ArrayRecordComponent")
record RefusedBody(
        String name, String path, String type, byte[] body, int status, String says, String kept, String... headers) {
    @Override
    public String toString() {
        return name;
    }

    static Stream<RefusedBody> all() {
        byte[] whole = Otlp.logs(Otlp.service("cart"), Otlp.log(1_700_000_000_000L, "a line"))
                .toByteArray();
        byte[] broken = Arrays.copyOf(Door.gzip(whole), 30);
        return Stream.of(
                new RefusedBody(
                        "truncated protobuf",
                        "/v1/logs",
                        Door.PROTOBUF,
                        Arrays.copyOf(whole, whole.length - 4),
                        400,
                        "truncated",
                        "UNDECODABLE"),
                new RefusedBody(
                        "random bytes",
                        "/v1/metrics",
                        Door.PROTOBUF,
                        bytes("\u0007\u0007nonsense"),
                        400,
                        "not an OTLP metrics request",
                        "UNDECODABLE"),
                new RefusedBody(
                        "broken off JSON",
                        "/v1/logs",
                        Door.JSON,
                        bytes("{\"resourceLogs\":[{"),
                        400,
                        "at byte",
                        "UNDECODABLE"),
                new RefusedBody(
                        "JSON of another shape",
                        "/v1/traces",
                        Door.JSON,
                        bytes("{\"resourceSpans\":7}"),
                        400,
                        "/resourceSpans: wanted an array, found 7",
                        "UNDECODABLE"),
                new RefusedBody(
                        "invalid UTF-8 in JSON",
                        "/v1/logs",
                        Door.JSON,
                        new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'},
                        400,
                        "UTF-8",
                        "UNDECODABLE"),
                new RefusedBody(
                        "deeply nested JSON",
                        "/v1/logs",
                        Door.JSON,
                        bytes("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
                        400,
                        "nesting",
                        "UNDECODABLE"),
                new RefusedBody(
                        "gzip that breaks off",
                        "/v1/logs",
                        Door.PROTOBUF,
                        broken,
                        400,
                        "gzip",
                        "UNDECODABLE",
                        "Content-Encoding",
                        "gzip"),
                new RefusedBody(
                        "gzip that is none",
                        "/v1/logs",
                        Door.PROTOBUF,
                        whole,
                        400,
                        "gzip",
                        "UNDECODABLE",
                        "Content-Encoding",
                        "gzip"),
                new RefusedBody(
                        "more parts than memory is given for",
                        "/v1/logs",
                        Door.PROTOBUF,
                        emptyRecords(500_001),
                        413,
                        "more than 500000 records, attributes, values",
                        ""),
                new RefusedBody(
                        "metrics sent to logs",
                        "/v1/logs",
                        Door.JSON,
                        bytes("{\"resourceMetrics\":[]}"),
                        400,
                        "/resourceMetrics is for /v1/metrics",
                        "UNDECODABLE"),
                new RefusedBody(
                        "an integer of a thousand digits",
                        "/v1/logs",
                        Door.JSON,
                        bytes("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"flags\":" + "9".repeat(1_001)
                                + "}]}]}]}"),
                        400,
                        "Number value length (1001)",
                        "UNDECODABLE"),
                new RefusedBody(
                        "no body at all, as JSON", "/v1/logs", Door.JSON, bytes(""), 400, "JSON", "UNDECODABLE"),
                new RefusedBody("a path that is nothing", "/v1/log", Door.PROTOBUF, whole, 404, "POST to /v1/logs", ""),
                new RefusedBody("wrong content type", "/v1/logs", "text/plain", whole, 415, "text/plain", ""),
                new RefusedBody(
                        "unknown content encoding",
                        "/v1/logs",
                        Door.PROTOBUF,
                        whole,
                        415,
                        "zstd",
                        "",
                        "Content-Encoding",
                        "zstd"),
                new RefusedBody("huge JSON", "/v1/logs", Door.JSON, new byte[13 << 20], 413, "longer than", ""),
                new RefusedBody(
                        "gzip bomb",
                        "/v1/logs",
                        Door.JSON,
                        Door.gzip(new byte[64 << 20]),
                        413,
                        "inflates to more",
                        "",
                        "Content-Encoding",
                        "gzip"),
                new RefusedBody(
                        "a change with a misspelt field",
                        "/v1/changes",
                        Door.JSON,
                        bytes("{\"kind\":\"deploy\",\"serivces\":[]}"),
                        400,
                        "did you mean 'services'?",
                        "BAD_CHANGE"),
                new RefusedBody(
                        "a change of an unknown kind",
                        "/v1/changes",
                        Door.JSON,
                        bytes("{\"kind\":\"party\"}"),
                        400,
                        "deploy, configuration, feature_flag",
                        "BAD_CHANGE"),
                new RefusedBody(
                        "a change at no time",
                        "/v1/changes",
                        Door.JSON,
                        bytes("{\"kind\":\"deploy\",\"time\":\"yesterday\"}"),
                        400,
                        "ISO-8601",
                        "BAD_CHANGE"),
                new RefusedBody(
                        "a change in protobuf", "/v1/changes", Door.PROTOBUF, whole, 415, "application/json", ""));
    }

    /** Two bytes each on the wire. */
    private static byte[] emptyRecords(int count) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < count; i++) {
            scope.addLogRecords(LogRecord.getDefaultInstance());
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
