package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes well, over real HTTP into a real broker. */
class IngestIT {

    @TempDir
    static Path data;

    static NodeProcess broker;
    static Door door;
    static Kafka kafka;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
        door = new Door(broker.address(), "good", data.resolve("state"), Map.of());
        kafka = new Kafka(broker.address(), "good");
    }

    @AfterAll
    static void stop() {
        door.close();
        broker.close();
    }

    @Test
    void everySignalReachesItsTopicBeforeItIsAnswered() {
        long now = System.currentTimeMillis();

        HttpResponse<byte[]> logs = door.post(
                "/v1/logs",
                Door.PROTOBUF,
                Door.gzip(Otlp.logs(Otlp.service("cart"), Otlp.log(now, "ERROR no stock"))
                        .toByteArray()),
                "Content-Encoding",
                "gzip");
        HttpResponse<byte[]> metrics = door.post(
                "/v1/metrics",
                Door.PROTOBUF,
                Otlp.metrics(Otlp.service("cart"), Otlp.gauge("queue", now, 3)).toByteArray());
        HttpResponse<byte[]> traces = door.post(
                "/v1/traces",
                Door.PROTOBUF,
                Otlp.spans(Otlp.service("cart"), Otlp.span(1, now - 5, now)).toByteArray());

        assertThat(List.of(logs.statusCode(), metrics.statusCode(), traces.statusCode()))
                .containsOnly(200);
        assertThat(logs.body()).isEmpty();
        assertThat(logs.headers().firstValue("Content-Type")).contains(Door.PROTOBUF);
        assertThat(kafka.events("logs", LogEvent.class, log -> true))
                .singleElement()
                .satisfies(log -> {
                    assertThat(log.getBody()).isEqualTo("ERROR no stock");
                    assertThat(log.getSeverityNumber()).isEqualTo(17);
                    assertThat(log.getEnvelope().getDoor()).isEqualTo("test-door");
                });
        assertThat(kafka.events("metrics", MetricEvent.class, point -> true)).hasSize(1);
        assertThat(kafka.events("spans", SpanEvent.class, span -> true)).hasSize(1);
    }

    @Test
    void changesAreAnsweredWithTheirIds() {
        String change = "[{\"id\":\"rel-7\",\"kind\":\"deploy\",\"services\":[\"cart\"],\"what\":\"2.1\"},"
                + "{\"kind\":\"feature-flag\",\"environment\":\"a/b\",\"time\":\"2026-01-31T12:00:00Z\"}]";

        HttpResponse<byte[]> answer = door.post(
                "/v1/changes", Door.JSON, change.getBytes(StandardCharsets.UTF_8), "Idempotency-Key", "batch-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Door.text(answer)).startsWith("{\"ids\":[\"rel-7\",\"chg1-");
        assertThat(kafka.events("changes", ChangeEvent.class, event -> true))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.getEnvelope().getSenderBatchId()).matches("batch-1~[0-9a-f]{16}"))
                .anySatisfy(event ->
                        assertThat(event.getEnvelope().getEnvironment()).isEqualTo("a%2Fb"));
    }

    @Test
    void heartbeatsReachEveryPartitionOfEveryEventTopic() {
        for (var topic : Topics.eventTopics()) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(kafka.all(topic.name()).stream()
                                    .filter(record -> record.key() == null)
                                    .map(record -> record.partition())
                                    .distinct())
                            .hasSize(4));
        }
        List<Heartbeat> beats = kafka.heartbeats("alerts");
        assertThat(beats).allSatisfy(beat -> {
            assertThat(beat.getDoor()).isEqualTo("test-door");
            assertThat(beat.getWatermark()).isLessThanOrEqualTo(System.currentTimeMillis() - 15_000);
            assertThat(beat.getFinal$()).isFalse();
        });
    }

    @Test
    void aPortThatIsTakenIsNamedAtTheStart() {
        String taken = Integer.toString(door.stage().port());

        assertThatThrownBy(() -> new Door(broker.address(), "good", data.resolve("other"), Map.of("http.port", taken)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("http.port " + taken);
    }

    @Test
    void aSecondIngestOnTheStateDirectoryIsRefused() {
        assertThatThrownBy(() -> new Door(broker.address(), "good", data.resolve("state"), Map.of()))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("another ingest");
    }

    @Test
    void theLossEquationHoldsOnceEverythingIsAnswered() {
        assertThat(door.stage().loss().inFlight()).isZero();
    }
}
