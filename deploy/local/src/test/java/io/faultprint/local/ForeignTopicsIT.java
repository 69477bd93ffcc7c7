package io.faultprint.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code faultprint ingest preview} on a real broker, and what becomes of a letter from a foreign topic. */
class ForeignTopicsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    static NodeProcess broker;
    static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws ExecutionException, InterruptedException {
        broker = Nodes.kafka(data.resolve("kafka"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            for (String run : List.of("again", "past", "batch")) {
                new TopicAdmin(admin, new Run(run, ""), new Partitions(4, 1)).ensure((short) 1);
            }
            admin.createTopics(Stream.of(
                                    "shop-logs",
                                    "otlp_spans",
                                    "lines",
                                    "empty",
                                    "bytes",
                                    "nameless",
                                    "backlog",
                                    "batches")
                            .map(name -> new NewTopic(name, Optional.of(2), Optional.empty()))
                            .toList())
                    .all()
                    .get();
            // A leader is known a moment before it takes writes.
            Map<TopicPartition, OffsetSpec> ends = Map.of(
                    new TopicPartition("nameless", 0), OffsetSpec.latest(),
                    new TopicPartition("nameless", 1), OffsetSpec.latest());
            await().ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == 2);
        }
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    private static void put(String topic, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, value)).get();
    }

    private static Command preview(String... arguments) {
        return Command.run(concat("ingest preview", arguments));
    }

    @Test
    void theFieldsOfJsonTheirProblemsAndTheLinesThatMendThem() throws Exception {
        for (int n = 0; n < 25; n++) {
            String service = n < 2 ? ",\"service\":\"cart\"" : ",\"team_app\":\"cart\"";
            put(
                    "shop-logs",
                    ("{\"@timestamp\":" + System.currentTimeMillis() / 1000.0
                                    + ",\"log\":\"INFO stored\",\"password\":\"hunter2-Hunter2\"" + service + "}")
                            .getBytes(UTF_8));
        }

        Command guessed = preview("shop-logs", "--kafka", broker.address());
        Command mended = preview(
                "shop-logs", "--kafka", broker.address(), "--format", "fluent-bit", "--service-from", "team_app");

        assertThat(guessed.code()).isEqualTo(1);
        assertThat(guessed.out())
                .contains("looked at 25 of about 25 records")
                .contains("Format: fluent-bit (a guess; it fits 100 %)")
                .containsPattern("@timestamp +time +100 %")
                .containsPattern("service +service +8 %")
                .containsPattern("team_app +attribute team_app +92 %")
                .contains("service.name is missing in 92 %")
                .contains("mend: topics.shop-logs.service-from: team_app")
                .contains("mend: topics.shop-logs.service: shop-logs   # or whatever the service is called")
                .contains("topics.shop-logs.format: fluent-bit")
                .doesNotContain("hunter2");
        assertThat(mended.code()).isZero();
        assertThat(mended.out())
                .contains("25 events; 0 would become dead letters.")
                .contains("topics.shop-logs.service-from: team_app");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    @Test
    void protobufIsTriedAsEverySignal() throws Exception {
        long now = System.currentTimeMillis() * 1_000_000;
        put(
                "otlp_spans",
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(ResourceSpans.newBuilder()
                                .setResource(Resource.newBuilder()
                                        .addAttributes(KeyValue.newBuilder()
                                                .setKey("service.name")
                                                .setValue(AnyValue.newBuilder().setStringValue("cart"))))
                                .addScopeSpans(ScopeSpans.newBuilder()
                                        .addSpans(Span.newBuilder()
                                                .setName("GET /")
                                                .setTraceId(com.google.protobuf.ByteString.copyFrom(
                                                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}))
                                                .setSpanId(com.google.protobuf.ByteString.copyFrom(
                                                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                                                .setStartTimeUnixNano(now - 5)
                                                .setEndTimeUnixNano(now))))
                        .build()
                        .toByteArray());

        Command guessed = preview("otlp_spans", "--kafka", broker.address());

        assertThat(guessed.out())
                .contains("Format: otlp-spans-protobuf")
                .contains("all three were tried")
                .containsPattern("span +name +100 % +GET /");
        assertThat(guessed.code()).isZero();
    }

    @Test
    void linesNameNoServiceAndWhatIsNoTextFitsNothing() throws Exception {
        put("lines", "2026-01-31 ERROR no stock".getBytes(UTF_8));
        put("bytes", new byte[] {0, (byte) 0xff, 1, (byte) 0xfe});

        Command lines = preview("lines", "--kafka", broker.address());
        Command bytes = preview("bytes", "--kafka", broker.address());
        Command why = preview("bytes", "--kafka", broker.address(), "--format", "ecs");

        assertThat(lines.out())
                .contains("Format: text")
                .contains("service.name is missing in 100 %")
                .contains("mend: topics.lines.service: lines   # or whatever");
        assertThat(bytes.out()).contains("No format fits any of them");
        assertThat(bytes.code()).isEqualTo(1);
        assertThat(why.out()).contains("100 % cannot be used: not JSON");
        assertThat(why.code()).isEqualTo(1);
    }

    @Test
    void anEmptyTopicAndWrongQuestionsAreTold() {
        Command empty = preview("empty", "--kafka", broker.address());
        Command missing = preview("shop-log", "--kafka", broker.address());
        Command format = preview("empty", "--kafka", broker.address(), "--format", "esc");
        Command none = preview("empty", "--kafka", broker.address(), "--samples", "0");
        Command nobody = preview(
                "empty",
                "--kafka",
                "127.0.0.1:1",
                "--kafka-property",
                "default.api.timeout.ms=1500",
                "--kafka-property",
                "request.timeout.ms=1000");

        assertThat(empty.code()).isZero();
        assertThat(empty.out()).contains("Topic empty holds no record with a value: there is nothing to look at yet");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("topic shop-log: is not there (did you mean shop-logs?)");
        assertThat(format.code()).isEqualTo(2);
        assertThat(format.err()).contains("--format esc: must be one of", "did you mean ecs?");
        assertThat(none.code()).isEqualTo(2);
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("--kafka 127.0.0.1:1: Kafka does not answer");
    }

    @Test
    void aLetterOfAForeignTopicGoesBackThereOnceItsServiceIsNamed() throws Exception {
        put("nameless", "{\"message\":\"INFO stored\"}".getBytes(UTF_8));
        String[] letters = {"--kafka", broker.address(), "--prefix", "again"};
        try (IngestStage ingest = ingest(Map.of())) {
            ingest.start();
            await().atMost(PATIENCE).until(() -> loss(ingest).deadLettered() == 1);
        }

        Command list = Command.run(concat("dead-letters", letters));
        Command sent = Command.run(concat("dead-letters redrive --all --cause NO_SERVICE", letters));

        assertThat(list.out()).contains("NO_SERVICE").contains("nameless-");
        assertThat(sent.out()).contains("sent to nameless-");
        try (IngestStage ingest = ingest(Map.of("topics.nameless.service", "cart"))) {
            ingest.start();
            await().atMost(PATIENCE).until(() -> loss(ingest).acknowledged() == 1);
        }
    }

    @Test
    void ofABatchEachRefusedEventGoesBackOnceAndItsNeighboursNever() throws Exception {
        String log = "{\"timeUnixNano\":\"%d000000\",\"body\":{\"stringValue\":\"%s\"}}";
        long now = System.currentTimeMillis();
        String batch =
                "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":"
                        + "\"cart\"}}]},\"scopeLogs\":[{\"logRecords\":[" + log.formatted(now, "neighbour") + "]}]},"
                        + "{\"scopeLogs\":[{\"logRecords\":[" + log.formatted(now, "first") + ","
                        + log.formatted(now, "second")
                        + "]}]}]}";
        put("batches", batch.getBytes(UTF_8));
        Map<String, String> settings = new HashMap<>(Map.of(
                "run.prefix", "batch",
                "state.dir", data.resolve("batch").toString(),
                "topics.batches.format", "otlp-logs-json",
                "topics.batches.from", "earliest"));
        try (IngestStage ingest = ingest(settings)) {
            ingest.start();
            await().atMost(PATIENCE).until(() -> loss(ingest, "kafka:batches").deadLettered() == 2);
            assertThat(loss(ingest, "kafka:batches").acknowledged()).isEqualTo(1);
        }
        String[] letters = {"--kafka", broker.address(), "--prefix", "batch"};

        Command sent = Command.run(concat("dead-letters redrive --all", letters));
        Command again = Command.run(concat("dead-letters redrive --all", letters));

        assertThat(sent.out()).contains("2 sent, 0 left as they are, 0 cannot be sent");
        assertThat(again.out()).contains("0 sent, 2 left as they are");
        settings.put("topics.batches.service", "stock");
        try (IngestStage ingest = ingest(settings)) {
            ingest.start();
            await().atMost(PATIENCE).until(() -> loss(ingest, "kafka:batches").acknowledged() == 2);
            assertThat(loss(ingest, "kafka:batches").received()).isEqualTo(2);
        }
        assertThat(bodies("batch.logs")).containsExactlyInAnyOrder("neighbour", "first", "second");
    }

    private static List<String> bodies(String topic) {
        List<String> bodies = new ArrayList<>();
        each(topic, List.of(0, 1, 2, 3), value -> {
            if (value instanceof LogEvent event && event.getEnvelope().getDoor().equals("kafka:batches")) {
                bodies.add(event.getBody());
            }
        });
        return bodies;
    }

    private static void each(String topic, List<Integer> partitions, Consumer<Object> reader) {
        List<TopicPartition> all =
                partitions.stream().map(each -> new TopicPartition(topic, each)).toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> reader.accept(AvroCodec.bundled().decode(record.value())));
            }
        }
    }

    @Test
    void whatStandsInATopicIsToldBeforeTheHttpDoorPromisesThePresent() throws Exception {
        long then = System.currentTimeMillis() - Duration.ofHours(2).toMillis();
        producer.send(new ProducerRecord<>(
                        "backlog", 0, then, null, "{\"service\":\"cart\",\"message\":\"INFO stored\"}".getBytes(UTF_8)))
                .get();
        Map<String, String> settings = Map.of(
                "run.prefix", "past",
                "state.dir", data.resolve("past").toString(),
                "topics.backlog.format", "fluent-bit",
                "topics.backlog.from", "earliest");

        try (IngestStage ingest = ingest(settings)) {
            ingest.start();
            await().atMost(PATIENCE).until(() -> doors("past.logs").stream().anyMatch(door -> door.startsWith("otlp")));
        }

        List<String> before = doors("past.logs").stream()
                .takeWhile(door -> !door.startsWith("otlp"))
                .toList();
        assertThat(before).contains("kafka:backlog");
    }

    /** Who promised something in the first partition of a topic, in this order. */
    private static List<String> doors(String topic) {
        List<String> doors = new ArrayList<>();
        each(topic, List.of(0), value -> {
            if (value instanceof Heartbeat promise) {
                doors.add(promise.getDoor());
            }
        });
        return doors;
    }

    private static IngestStage ingest(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", broker.address(),
                "run.prefix", "again",
                "http.port", "0",
                "state.dir", data.resolve("ingest").toString(),
                "topics.nameless.format", "ecs",
                "topics.nameless.from", "earliest"));
        settings.putAll(more);
        return new IngestStage(ConfigLoader.of(IngestConfig.class, settings), new SimpleMeterRegistry());
    }

    private static LossCounters.Loss loss(IngestStage ingest) {
        return loss(ingest, "kafka:nameless");
    }

    private static LossCounters.Loss loss(IngestStage ingest, String door) {
        return Objects.requireNonNull(ingest.topicLosses().get(door));
    }

    private static String[] concat(String command, String... arguments) {
        return Stream.concat(Stream.of(command.split(" ", -1)), Stream.of(arguments))
                .toArray(String[]::new);
    }
}
