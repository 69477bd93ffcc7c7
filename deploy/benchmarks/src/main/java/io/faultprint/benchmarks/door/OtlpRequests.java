package io.faultprint.benchmarks.door;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.function.IntFunction;

/** Requests as OpenTelemetry's exporters send them, in protobuf. */
public final class OtlpRequests {

    private static final int INFO = 9;
    private static final int ERROR = 17;

    private OtlpRequests() {}

    /** So many lines of one service at one time, in epoch milliseconds. */
    public static byte[] logs(String service, long time, int count, IntFunction<String> line) {
        return request(service, time, INFO, count, line);
    }

    /** The same with severity ERROR. */
    public static byte[] errors(String service, long time, int count, IntFunction<String> line) {
        return request(service, time, ERROR, count, line);
    }

    private static byte[] request(String service, long time, int severity, int count, IntFunction<String> line) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < count; i++) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(time * 1_000_000)
                    .setSeverityNumberValue(severity)
                    .setBody(text(line.apply(i)))
                    .addAttributes(attribute("http.route", "/orders"))
                    .addAttributes(attribute("thread.name", "worker-" + i % 8)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
                        .addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }
}
