package io.faultprint.ingest.otlp;

import static io.faultprint.ingest.otlp.Neighbours.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record that could not be read is kept as a whole request, so that it can be sent again as it is. */
class SpoiledRecordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOGS    | {"resourceLogs":[{"resource":@R,"scopeLogs":[{"scope":@S,"logRecords":[{"body":{"stringValue":"ok"}},@X]}]}]} | {"severityNumber":[1]} | {"resourceLogs":[{"resource":@R,"scopeLogs":[{"scope":@S,"logRecords":[@X]}]}]}
            LOGS    | {"resourceLogs":[{"scopeLogs":[{"logRecords":[@X],"scope":@S}],"resource":@R}]}                                | {"timeUnixNano":"no"}  | {"resourceLogs":[{"resource":@R,"scopeLogs":[{"scope":@S,"logRecords":[@X]}]}]}
            LOGS    | {"resourceLogs":[{"scopeLogs":[{"logRecords":[@X]}]}]}                                                       | 17                     | {"resourceLogs":[{"scopeLogs":[{"logRecords":[@X]}]}]}
            METRICS | {"resourceMetrics":[{"resource":@R,"scopeMetrics":[{"metrics":[@X]}]}]}                                       | {"name":{}}            | {"resourceMetrics":[{"resource":@R,"scopeMetrics":[{"metrics":[@X]}]}]}
            TRACES  | {"resourceSpans":[{"resource":@R,"scopeSpans":[{"scope":@S,"spans":[@X,@X]}]}]}                                 | {"kind":[]}            | {"resourceSpans":[{"resource":@R,"scopeSpans":[{"scope":@S,"spans":[@X]}]}]}
            """)
    void ofJsonTheSendersOwnBytesWithResourceAndScope(Signal signal, String request, String record, String alone) {
        byte[] whole = filled(request, record).getBytes(UTF_8);

        Decoded.Request decoded = (Decoded.Request) OtlpJson.read(signal, whole, Parts.upTo(1_000));

        assertThat(decoded.spoiled()).isNotEmpty().allSatisfy(spoiled -> {
            assertThat(new String(spoiled.original(), UTF_8)).isEqualTo(filled(alone, record));
            Decoded.Request again = (Decoded.Request) OtlpJson.read(signal, spoiled.original(), Parts.upTo(1_000));
            assertThat(again.spoiled())
                    .singleElement()
                    .satisfies(same -> assertThat(same.original()).isEqualTo(spoiled.original()));
        });
    }

    @Test
    void eachOfSeveralGroupsHasItsOwnResource() {
        String first = "{\"resource\":{\"attributes\":[{\"key\":\"a\"}]},\"scopeLogs\":[{\"logRecords\":[1]}]}";
        String second = "{\"resource\":{\"attributes\":[{\"key\":\"b\"}]},\"scopeLogs\":[{\"logRecords\":[2]}]}";

        Decoded.Request decoded = (Decoded.Request) OtlpJson.read(
                Signal.LOGS, ("{\"resourceLogs\":[" + first + "," + second + "]}").getBytes(UTF_8), Parts.upTo(1_000));

        assertThat(decoded.spoiled())
                .extracting(spoiled -> new String(spoiled.original(), UTF_8))
                .containsExactly("{\"resourceLogs\":[" + first + "]}", "{\"resourceLogs\":[" + second + "]}");
    }

    @Test
    void ofProtobufTheRawBytesWithResourceAndScope() {
        ByteString latin1 = ByteString.copyFrom(new byte[] {'c', 'a', 'f', (byte) 0xe9});
        ByteString damaged = field(3, latin1);
        ResourceLogs group = ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().setDroppedAttributesCount(4))
                .addScopeLogs(ScopeLogs.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName("library"))
                        .addLogRecords(LogRecord.newBuilder().setTimeUnixNano(1)))
                .build();
        ByteString scope = group.getScopeLogs(0).toByteString().concat(field(2, damaged));
        ByteString request =
                field(1, field(1, group.getResource().toByteString()).concat(field(2, scope)));

        Decoded.Request decoded =
                (Decoded.Request) OtlpProtobuf.read(Signal.LOGS, request.toByteArray(), Parts.upTo(1_000));

        assertThat(((ExportLogsServiceRequest) decoded.message())
                        .getResourceLogs(0)
                        .getScopeLogs(0)
                        .getLogRecordsCount())
                .isEqualTo(1);
        ByteString alone = field(
                1,
                field(1, group.getResource().toByteString())
                        .concat(field(
                                2,
                                field(1, group.getScopeLogs(0).getScope().toByteString())
                                        .concat(field(2, damaged)))));
        assertThat(decoded.spoiled())
                .singleElement()
                .satisfies(spoiled -> assertThat(spoiled.original()).isEqualTo(alone.toByteArray()));
    }

    private static String filled(String template, String record) {
        return template.replace("@R", "{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"w\"}}]}")
                .replace("@S", "{\"name\":\"library\"}")
                .replace("@X", record);
    }
}
