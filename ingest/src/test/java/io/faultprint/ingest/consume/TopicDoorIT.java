package io.faultprint.ingest.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.ingest.Door;
import io.faultprint.ingest.Kafka;
import io.faultprint.ingest.Otlp;
import io.faultprint.ingest.loss.LossCounters.Loss;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign topics on a real broker: once and only once, past poison, and never ahead of what is still to come. */
@SuppressWarnings("try") // a door works by being open
class TopicDoorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final long HOUR = 3_600_000;

    @TempDir
    static Path data;

    static NodeProcess broker;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Door door(String prefix, String state, Map<String, String> topics) {
        return new Door(broker.address(), prefix, data.resolve(state), topics);
    }

    private static byte[] logs(String... bodies) {
        long now = System.currentTimeMillis();
        return Otlp.logs(
                        Otlp.service("cart"),
                        java.util.Arrays.stream(bodies)
                                .map(body -> Otlp.log(now, body))
                                .toArray(io.opentelemetry.proto.logs.v1.LogRecord.Builder[]::new))
                .toByteArray();
    }

    private static List<String> bodies(Kafka kafka) {
        return kafka.events("logs", LogEvent.class, log -> true).stream()
                .map(LogEvent::getBody)
                .toList();
    }

    @Test
    void everySignalOfTheCollectorReachesItsTopicAndTheSumIsRight() {
        long now = System.currentTimeMillis();
        Map<String, String> topics = Map.of(
                "topics.otlp_logs.format", "otlp-logs-protobuf",
                "topics.otlp_metrics.format", "otlp-metrics-protobuf",
                "topics.otlp_spans.format", "otlp-spans-protobuf");
        Kafka kafka = new Kafka(broker.address(), "signals");
        try (ForeignTopic logs = new ForeignTopic(broker.address(), "otlp_logs", 2);
                ForeignTopic metrics = new ForeignTopic(broker.address(), "otlp_metrics", 1);
                ForeignTopic spans = new ForeignTopic(broker.address(), "otlp_spans", 1);
                Door door = door("signals", "signals", topics)) {
            logs.put(0, null, null, logs("ERROR a", "b"));
            logs.put(1, null, null, "not protobuf".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            logs.put(1, null, "k", null);
            logs.put(1, null, null, logs("c"));
            logs.put(
                    1,
                    null,
                    null,
                    Otlp.logs(Otlp.service(""), Otlp.log(now, "whose?")).toByteArray());
            metrics.put(
                    0,
                    null,
                    null,
                    Otlp.metrics(Otlp.service("cart"), Otlp.gauge("queue", now, 3))
                            .toByteArray());
            spans.put(
                    0,
                    null,
                    null,
                    Otlp.spans(Otlp.service("cart"), Otlp.span(1, now - 5, now)).toByteArray());

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bodies(kafka)).containsExactlyInAnyOrder("ERROR a", "b", "c");
                assertThat(kafka.events("metrics", MetricEvent.class, point -> true))
                        .hasSize(1);
                assertThat(kafka.events("spans", SpanEvent.class, span -> true)).hasSize(1);
                assertThat(kafka.all("dead-letters")).hasSize(3);
            });
            assertThat(kafka.all("dead-letters"))
                    .allSatisfy(letter -> {
                        assertThat(Kafka.header(letter, "stage")).isEqualTo("ingest");
                        assertThat(Kafka.header(letter, "door")).isEqualTo("kafka:otlp_logs");
                        assertThat(Kafka.header(letter, "topic")).isEqualTo("otlp_logs");
                        assertThat(Kafka.header(letter, "partition")).isEqualTo("1");
                    })
                    .extracting(letter -> Kafka.header(letter, "cause") + "@" + Kafka.header(letter, "offset"))
                    .containsExactlyInAnyOrder("UNDECODABLE@0", "UNDECODABLE@1", "NO_SERVICE@3");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(door.stage().topicLosses().get("kafka:otlp_logs"))
                            .isEqualTo(new Loss(6, 3, 3, 0, 0)));
        }
    }

    @Test
    void whatAKilledInstanceHadSentButNotCommittedIsNotThereTwiceNorMissing() throws IOException {
        String topic = "killed";
        Path state = Files.createDirectories(data.resolve("killed"));
        Kafka kafka = new Kafka(broker.address(), "killed");
        Map<String, String> settings =
                Map.of("topics.killed.format", "otlp-logs-protobuf", "topics.killed.from", "earliest");
        try (ForeignTopic foreign = new ForeignTopic(broker.address(), topic, 1)) {
            IntStream.range(0, 20).forEach(n -> foreign.put(0, null, null, logs("first-" + n)));
            foreign.flush();
            try (Door door = door("killed", "killed", settings)) {
                await().atMost(PATIENCE).until(() -> bodies(kafka).size() == 20);
            }
            IntStream.range(0, 20).forEach(n -> foreign.put(0, null, null, logs("second-" + n)));
            foreign.flush();
            leaveATransactionOpen(state, topic);

            try (Door door = door("killed", "killed", settings)) {
                await().atMost(PATIENCE).until(() -> bodies(kafka).size() >= 40);
                foreign.put(0, null, null, logs("last"));
                await().atMost(PATIENCE).until(() -> bodies(kafka).contains("last"));
            }
        }
        assertThat(bodies(kafka)).hasSize(41).doesNotHaveDuplicates().doesNotContain("half");
    }

    /** What a process that is killed between its sends and its commit leaves behind. */
    private static void leaveATransactionOpen(Path state, String topic) {
        TopicClients clients = clients(state);
        KafkaProducer<String, byte[]> dying = new KafkaProducer<>(clients.producer(topic));
        dying.initTransactions();
        dying.beginTransaction();
        var unused = dying.send(new ProducerRecord<>("killed.logs", 0, "default/cart", new byte[] {0, 1, 2}));
        dying.flush();
        // Its sockets go with it; the broker hears no more of it, as of a process that is gone.
        dying.close(Duration.ZERO);
        clients.close();
    }

    /** Those of the instance with this state; its run is called the same. */
    private static TopicClients clients(Path state) {
        return new TopicClients(
                broker.address(),
                Map.of(),
                Duration.ofSeconds(10),
                new Run(state.getFileName().toString(), ""),
                InstanceFile.in(state));
    }

    @Test
    void aDoorThatIsShutOutAgainAndAgainTakesEachRecordOnceAndIsNeverLate() throws InterruptedException {
        String topic = "shut";
        Kafka kafka = new Kafka(broker.address(), "shut");
        Set<String> sent = new HashSet<>();
        try (ForeignTopic foreign = new ForeignTopic(broker.address(), topic, 3);
                Door door = door("shut", "shut", Map.of("topics.shut.format", "otlp-logs-protobuf"));
                TopicClients same = clients(data.resolve("shut"))) {
            await().atMost(PATIENCE).until(() -> spoken(kafka, "kafka:shut"));
            for (int round = 0; round < 4; round++) {
                for (int n = 0; n < 1_500; n++) {
                    String body = round + "-" + n;
                    sent.add(body);
                    foreign.put(n % 3, null, null, logs(body));
                }
                foreign.flush();
                // Another producer under the same id, as after a restart elsewhere: whatever is open now is aborted.
                try (KafkaProducer<String, byte[]> other = new KafkaProducer<>(same.producer(topic))) {
                    other.initTransactions();
                }
            }
            await().atMost(PATIENCE).until(() -> bodies(kafka).size() >= sent.size());
            await().atMost(PATIENCE).untilAsserted(() -> {
                Loss loss = loss(door, "kafka:shut");
                assertThat(loss.acknowledged()).isEqualTo(sent.size());
                assertThat(loss.inFlight()).isZero();
            });
        }
        assertThat(bodies(kafka)).hasSize(sent.size()).containsExactlyInAnyOrderElementsOf(sent);
        assertThatNothingIsLate(kafka, "kafka:shut");
    }

    @Test
    void anHourOfBacklogInSeveralPartitionsIsCaughtUpWithInItsOwnTime() {
        Kafka kafka = new Kafka(broker.address(), "behind");
        long now = System.currentTimeMillis();
        try (ForeignTopic foreign = new ForeignTopic(broker.address(), "behind", 2)) {
            // One partition has far more than the other, so the other is long at its end when the first is not.
            IntStream.range(0, 3_600).forEach(n -> old(foreign, 0, now - HOUR + n * 1_000L));
            IntStream.range(0, 60).forEach(n -> old(foreign, 1, now - HOUR + n * 60_000L));
            foreign.flush();
            Map<String, String> settings =
                    Map.of("topics.behind.format", "otlp-logs-protobuf", "topics.behind.from", "earliest");
            try (Door door = door("behind", "behind", settings)) {
                await().atMost(PATIENCE).until(() -> bodies(kafka).size() == 3_660);
                await().atMost(PATIENCE)
                        .until(() -> beats(kafka, "kafka:behind").stream()
                                .anyMatch(beat -> beat.getWatermark() > now - 15_000));
            }
        }
        assertThatNothingIsLate(kafka, "kafka:behind");
        assertThat(beats(kafka, "kafka:behind"))
                .allSatisfy(beat -> assertThat(beat.getCoveredFrom()).isBetween(now - HOUR, now - HOUR + 60_000));
    }

    private static void old(ForeignTopic foreign, int partition, long time) {
        foreign.put(
                partition,
                time,
                null,
                Otlp.logs(Otlp.service("cart"), Otlp.log(time, partition + "-" + time))
                        .toByteArray());
    }

    @Test
    void partitionsThatMoveBetweenInstancesLoseRepeatAndDelayNothing() {
        Kafka kafka = new Kafka(broker.address(), "moving");
        Map<String, String> settings = Map.of("topics.moving.format", "otlp-logs-protobuf");
        Set<String> sent = new HashSet<>();
        try (ForeignTopic foreign = new ForeignTopic(broker.address(), "moving", 4)) {
            try (Door first = door("moving", "moving-1", settings)) {
                await().atMost(PATIENCE).until(() -> spoken(kafka, "kafka:moving"));
                put(foreign, sent, "alone", 400);
                try (Door second = door("moving", "moving-2", settings)) {
                    put(foreign, sent, "joined", 400);
                    await().atMost(PATIENCE).until(() -> {
                        put(foreign, sent, "until" + sent.size(), 8);
                        return loss(second, "kafka:moving").acknowledged() > 100;
                    });
                }
                put(foreign, sent, "left", 400);
                await().atMost(PATIENCE).until(() -> bodies(kafka).size() >= sent.size());
            }
        }
        assertThat(bodies(kafka)).hasSize(sent.size()).containsExactlyInAnyOrderElementsOf(sent);
        assertThatNothingIsLate(kafka, "kafka:moving");
        assertThat(beats(kafka, "kafka:moving").stream()
                        .map(Heartbeat::getEpoch)
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    private static void put(ForeignTopic foreign, Set<String> sent, String name, int count) {
        for (int n = 0; n < count; n++) {
            sent.add(name + "-" + n);
            foreign.put(n % 4, null, null, logs(name + "-" + n));
        }
        foreign.flush();
    }

    @Test
    void aTopicThatIsDeletedIsToldHeldByItsLastPromiseAndReadAgainOnceItIsBack() throws Exception {
        Kafka kafka = new Kafka(broker.address(), "deleted");
        Map<String, String> settings = Map.of(
                "topics.deleted.format", "otlp-logs-protobuf", "pulse.blind-after", "2s", "pulse.every", "500ms");
        try (ForeignTopic foreign = new ForeignTopic(broker.address(), "deleted", 1);
                Door door = door("deleted", "deleted", settings);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            foreign.put(0, null, null, logs("before"));
            await().atMost(PATIENCE).until(() -> bodies(kafka).contains("before") && spoken(kafka, "kafka:deleted"));

            admin.deleteTopics(List.of("deleted")).all().get();

            await().atMost(PATIENCE)
                    .until(() -> door.stage().check().detail().contains("topic deleted does not exist; create it"));
            long last = last(kafka, "kafka:deleted");
            int before = beats(kafka, "kafka:deleted").size();
            await().atMost(PATIENCE).until(() -> beats(kafka, "kafka:deleted").size() > before);
            assertThat(last(kafka, "kafka:deleted")).isEqualTo(last);
            try (ForeignTopic back = new ForeignTopic(broker.address(), "deleted", 1)) {
                back.put(0, null, null, logs("after"));
                await().atMost(PATIENCE).until(() -> bodies(kafka).contains("after"));
                await().atMost(PATIENCE).until(() -> last(kafka, "kafka:deleted") > last);
            }
        }
    }

    @Test
    void aTopicThatDoesNotExistYetIsToldAndReadOnceItDoes() {
        Kafka kafka = new Kafka(broker.address(), "yet");
        Map<String, String> settings = Map.of(
                "topics.not-yet.format", "otlp-logs-protobuf", "pulse.blind-after", "2s", "pulse.every", "500ms");
        try (Door door = door("yet", "yet", settings)) {
            await().atMost(PATIENCE)
                    .until(() -> door.stage().check().detail().contains("topic not-yet does not exist; create it"));
            assertThat(spoken(kafka, "kafka:not-yet")).isFalse();

            try (ForeignTopic foreign = new ForeignTopic(broker.address(), "not-yet", 1)) {
                foreign.put(0, null, null, logs("born"));

                await().atMost(PATIENCE).until(() -> bodies(kafka).contains("born") && spoken(kafka, "kafka:not-yet"));
                await().atMost(PATIENCE)
                        .until(() -> !door.stage().check().detail().contains("does not exist"));
            }
        }
    }

    private static long last(Kafka kafka, String door) {
        return beats(kafka, door).stream()
                .mapToLong(Heartbeat::getWatermark)
                .max()
                .orElseThrow();
    }

    @Test
    void oneOfOurOwnTopicsIsNoForeignOne() {
        assertThatThrownBy(() -> door("own", "own", Map.of("topics.own.logs.format", "ecs")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("topics.own.logs: is one of Faultprint's own topics");
    }

    private static Loss loss(Door door, String name) {
        return Objects.requireNonNull(door.stage().topicLosses().get(name));
    }

    private static boolean spoken(Kafka kafka, String door) {
        return !beats(kafka, door).isEmpty();
    }

    private static List<Heartbeat> beats(Kafka kafka, String door) {
        return kafka.heartbeats("logs").stream()
                .filter(beat -> beat.getDoor().equals(door))
                .toList();
    }

    /** Reads as a reader of committed records does: no event stands behind a promise that it breaks, in any partition. */
    private static void assertThatNothingIsLate(Kafka kafka, String door) {
        for (Topic topic : Topics.eventTopics()) {
            Map<Integer, Long> promised = new HashMap<>();
            for (ConsumerRecord<String, byte[]> record : kafka.all(topic.name())) {
                Object value = CODEC.decode(record.value());
                if (value instanceof Heartbeat beat && beat.getDoor().equals(door)) {
                    // As readers do: what was promised is not taken back by who repeats less.
                    promised.merge(record.partition(), beat.getWatermark(), Math::max);
                } else if (value instanceof LogEvent log
                        && log.getEnvelope().getDoor().equals(door)) {
                    assertThat(log.getEnvelope().getEventTime())
                            .isGreaterThanOrEqualTo(promised.getOrDefault(record.partition(), 0L));
                }
            }
            assertThat(promised.keySet()).as(topic.name()).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }
}
