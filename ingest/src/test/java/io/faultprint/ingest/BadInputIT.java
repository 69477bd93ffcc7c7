package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent wrongly: each case with its status, its message, its dead letter, and its neighbours unharmed. */
class BadInputIT {

    @TempDir
    static Path data;

    static NodeProcess broker;
    static Door door;
    static Kafka kafka;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
        door = new Door(broker.address(), "bad", data.resolve("state"), Map.of());
        kafka = new Kafka(broker.address(), "bad");
    }

    @AfterAll
    static void stop() {
        door.close();
        broker.close();
    }

    static Stream<RefusedBody> refused() {
        return RefusedBody.all();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aBodyIsRefusedWithAReasonAndKept(RefusedBody request) {
        int before = kafka.all("dead-letters").size();

        HttpResponse<byte[]> answer = door.post(request.path(), request.type(), request.body(), request.headers());

        assertThat(answer.statusCode()).isEqualTo(request.status());
        assertThat(Door.text(answer)).contains(request.says());
        if (request.kept().isEmpty()) {
            assertThat(kafka.all("dead-letters")).hasSize(before);
        } else {
            assertThat(kafka.deadLetters("cause", request.kept())).anySatisfy(letter -> {
                assertThat(Kafka.header(letter, "stage")).isEqualTo("ingest");
                assertThat(Kafka.header(letter, "door")).isEqualTo("test-door");
                assertThat(Kafka.header(letter, "place")).isEqualTo("POST " + request.path());
                assertThat(Kafka.header(letter, "message")).contains(request.says());
                assertThat(Kafka.header(letter, "index")).isEqualTo("0");
                assertThat(Kafka.header(letter, "content-type")).isEqualTo(request.type());
                if (request.headers().length == 0) {
                    assertThat(letter.value()).isEqualTo(request.body());
                }
            });
        }
        assertThat(door.stage().loss().inFlight()).isZero();
    }

    static Stream<RawRequest> raw() {
        return RawRequest.all();
    }

    @ParameterizedTest
    @MethodSource("raw")
    void whatIsHardlyHttpIsAnsweredOrCutOffAndCounted(RawRequest request) {
        long counted = door.answered(request.counted());

        try (RawClient client = new RawClient(door.stage().port())) {
            client.send(request.bytes());
            assertThat(client.read(700))
                    .startsWith("HTTP/1.1 " + request.status() + " ")
                    .contains(request.says());
            // What it would send next cannot be told from what it has sent; a sound request keeps its connection.
            assertThat(client.closedWithin(700)).isEqualTo(!request.status().equals("405"));
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> door.answered(request.counted()) == counted + 1);
        assertThat(door.bytesInFlight()).isZero();
        assertThat(door.post("/v1/logs", Door.PROTOBUF, new byte[0]).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aResourceWithoutAServiceIsRejectedInPartAndItsNeighbourPasses() throws Exception {
        ExportLogsServiceRequest nameless =
                Otlp.logs(Resource.getDefaultInstance(), Otlp.log(1_700_000_000_000L, "who?"));
        ExportLogsServiceRequest both = nameless.toBuilder()
                .addAllResourceLogs(Otlp.logs(Otlp.service("neighbour-1"), Otlp.log(1_700_000_000_000L, "me"))
                        .getResourceLogsList())
                .build();

        HttpResponse<byte[]> answer = door.post("/v1/logs", Door.PROTOBUF, both.toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        ExportLogsPartialSuccess partial =
                ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("NO_SERVICE").contains("service.name");
        assertThat(logsOf("neighbour-1")).extracting(LogEvent::getBody).containsExactly("me");
        ConsumerRecord<String, byte[]> letter =
                kafka.deadLetters("cause", "NO_SERVICE").get(0);
        assertThat(ExportLogsServiceRequest.parseFrom(letter.value())
                        .getResourceLogs(0)
                        .getScopeLogs(0)
                        .getLogRecords(0))
                .isEqualTo(nameless.getResourceLogs(0).getScopeLogs(0).getLogRecords(0));
    }

    @Test
    void aLogLineInLatin1CostsItselfAndNotItsNeighbours() throws Exception {
        byte[] body = Otlp.logs(
                        Otlp.service("neighbour-2"),
                        Otlp.log(1_700_000_000_000L, "first"),
                        Otlp.log(1_700_000_000_000L, "caf@ ferm@"),
                        Otlp.log(1_700_000_000_000L, "third"))
                .toByteArray();
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '@' ? (byte) 0xe9 : body[i];
        }

        HttpResponse<byte[]> answer = door.post("/v1/logs", Door.PROTOBUF, body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ExportLogsServiceResponse.parseFrom(answer.body())
                        .getPartialSuccess()
                        .getRejectedLogRecords())
                .isEqualTo(1);
        assertThat(logsOf("neighbour-2")).extracting(LogEvent::getBody).containsExactly("first", "third");
        assertThat(kafka.deadLetters("cause", "MALFORMED_RECORD"))
                .anySatisfy(letter -> assertThat(letter.value()).contains((byte) 0xe9));
    }

    @Test
    void aWrongValueInJsonCostsItsRecordAlone() {
        String json = "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"neighbour-3\"}}]},\"scopeLogs\":[{\"logRecords\":["
                + "{\"timeUnixNano\":{\"odd\":[1]},\"body\":{\"stringValue\":\"bad\"}},"
                + "{\"timeUnixNano\":\"1700000000000000000\",\"body\":{\"stringValue\":\"good\"}}]}]}]}";

        HttpResponse<byte[]> answer = door.post("/v1/logs", Door.JSON, bytes(json));

        assertThat(Door.text(answer))
                .contains("\"rejectedLogRecords\":\"1\"")
                .contains("/resourceLogs/0/scopeLogs/0/logRecords/0/timeUnixNano: wanted a 64-bit integer");
        assertThat(logsOf("neighbour-3")).extracting(LogEvent::getBody).containsExactly("good");
        assertThat(kafka.deadLetters("content-type", Door.JSON))
                .anySatisfy(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                        .startsWith("{\"resourceLogs\":")
                        .contains("neighbour-3", "\"odd\":[1]")
                        .doesNotContain("good"));
    }

    @Test
    void timesThatCannotBeAreReplacedByReceiptAndFlagged() {
        long now = System.currentTimeMillis();
        long future = now + Duration.ofDays(400).toMillis();

        door.post(
                "/v1/logs",
                Door.PROTOBUF,
                Otlp.logs(
                                Otlp.service("clocks"),
                                Otlp.log(-5_000, "negative"),
                                Otlp.log(0, "none"),
                                Otlp.log(future, "future"),
                                Otlp.log(now - 60_000, "past"))
                        .toByteArray());

        List<LogEvent> logs = logsOf("clocks");
        assertThat(logs).extracting(log -> log.getEnvelope().getClamped()).containsExactly(-5_000L, null, future, null);
        assertThat(logs.subList(0, 3))
                .allSatisfy(log -> assertThat(log.getEnvelope().getEventTime())
                        .isEqualTo(log.getEnvelope().getReceivedAt())
                        .isBetween(now, now + 20_000));
        assertThat(logs.get(3).getEnvelope().getEventTime()).isEqualTo(now - 60_000);
    }

    @Test
    void notANumberAndInfinitiesAreDeadLettersAndTheOtherPointsPass() {
        HttpResponse<byte[]> answer = door.post(
                "/v1/metrics",
                Door.PROTOBUF,
                Otlp.metrics(
                                Otlp.service("gauges"),
                                Otlp.gauge("g", 1_700_000_000_000L, 1, Double.NaN, Double.POSITIVE_INFINITY, 2))
                        .toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(kafka.events("metrics", MetricEvent.class, point -> true))
                .extracting(MetricEvent::getValue)
                .containsExactly(1.0, 2.0);
        assertThat(kafka.deadLetters("cause", "NOT_FINITE"))
                .extracting(letter -> Kafka.header(letter, "index"))
                .containsExactly("1", "2");
    }

    @Test
    void aLineOfTenMegabytesIsCutAndSaysBy() {
        String line = "ERROR " + "x".repeat(10 << 20);

        HttpResponse<byte[]> answer = door.post(
                "/v1/logs",
                Door.PROTOBUF,
                Otlp.logs(
                                Otlp.service("long"),
                                Otlp.log(1_700_000_000_000L, line),
                                Otlp.log(1_700_000_000_000L, "short"))
                        .toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(logsOf("long"))
                .extracting(log -> log.getBody().length() + log.getCutBytes())
                .containsExactly(line.length(), 5);
    }

    private static List<LogEvent> logsOf(String service) {
        return kafka.events(
                "logs", LogEvent.class, log -> log.getEnvelope().getService().equals(service));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
