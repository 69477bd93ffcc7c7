package io.faultprint.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.event.LogEvent;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeSpec;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.BundledSchemas;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.serde.registry.RegistrySetup;
import io.faultprint.serde.registry.SetupPlan;
import io.faultprint.serde.registry.SubjectNames;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Nothing may be late on a slow machine. */
    private static final String LATENESS = "1h";

    private static final Run RUN = Run.MAIN;
    private static final String LOGS = RUN.topic("logs");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static NodeSpec spec;
    private static NodeProcess registry;
    private static NodeProcess kafka;

    @BeforeAll
    static void start() {
        spec = Nodes.here().registrySpec(directory.resolve("registry"));
        registry = NodeProcess.launch(spec);
        kafka = Nodes.kafka(directory.resolve("kafka"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            for (Run run : List.of(RUN, new Run("not-set-up", ""))) {
                new TopicAdmin(admin, run, new Partitions(1, 1)).ensure((short) 1);
            }
        }
        registry.awaitReady();
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void setupRegistersEverythingAndTheSecondTimeNothing() {
        try (RegistrySetup setup = new RegistrySetup(settings(), new Run("set-up", ""))) {
            SetupPlan first = setup.plan();
            SetupPlan done = setup.apply();
            SetupPlan again = setup.apply();

            assertThat(first.done()).isFalse();
            assertThat(done.done()).isTrue();
            assertThat(done.lines()).allSatisfy(line -> assertThat(line).contains("registered  (BACKWARD_TRANSITIVE)"));
            assertThat(again.done()).isTrue();
            assertThat(again.lines()).allSatisfy(line -> assertThat(line).contains("there  (BACKWARD_TRANSITIVE)"));
            assertThat(again.subjects()).isEqualTo(setup.plan().subjects());
        }
    }

    @Test
    void theRegistryRefusesWhatCouldNotReadOurVersions() throws Exception {
        Run run = new Run("guarded", "");
        try (RegistrySetup setup = new RegistrySetup(settings(), run)) {
            setup.apply();
        }

        HttpResponse<String> answer = register(
                run.topic("logs") + "-io.faultprint.event.Heartbeat",
                "{\"type\":\"record\",\"name\":\"Heartbeat\",\"namespace\":\"io.faultprint.event\",\"fields\":"
                        + "[{\"name\":\"more\",\"type\":\"int\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    }

    @Test
    void withoutSetupAStageSaysWhatIsMissing() {
        Map<String, String> keys = ingest("not-set-up");
        keys.putAll(registered());
        try (IngestStage ingest =
                new IngestStage(ConfigLoader.of(IngestConfig.class, keys), new SimpleMeterRegistry())) {
            assertThatThrownBy(ingest::start)
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("subject not-set-up.logs-io.faultprint.event.LogEvent")
                    .hasMessageContaining("`faultprint setup`");
        }
    }

    @Test
    void bytesAreThoseOfConfluentsOwnSerializer() throws Exception {
        Run run = new Run("wire", "");
        try (RegistrySetup setup = new RegistrySetup(settings(), run)) {
            setup.apply();
        }
        try (ConfluentClient confluent = new ConfluentClient(api());
                TopicSchemas schemas = TopicSchemas.open(
                        settings(), run, Topics.all(), InstantSource.system(), new SimpleMeterRegistry())) {
            AvroCodec codec = schemas.codec();
            for (Topic topic : Topics.all()) {
                for (Class<? extends SpecificRecord> type : topic.values()) {
                    String name = run.topic(topic.name());
                    for (SpecificRecord value : random(type)) {
                        byte[] ours = codec.encode(name, value);
                        Object read = confluent.read(name, ours);
                        byte[] theirs = confluent.write(name, read);

                        assertThat(BundledSchemas.isBundled(id(ours))).isFalse();
                        assertThat(read).hasToString(value.toString());
                        assertThat(theirs).as(type.getName()).isEqualTo(ours);
                        assertThat(codec.decode(theirs)).isEqualTo(value);
                    }
                }
            }
        }
    }

    /** One story: a run begins with bundled ids, moves to the registry, and outlives an outage of it. */
    @Test
    void aRunMovesToTheRegistryAndLosesNothingWhenThatGoesAway() throws Exception {
        try (IngestStage bundled = door(ingest("faultprint"))) {
            post(bundled, "written with a bundled id");
        }
        try (RegistrySetup setup = new RegistrySetup(settings(), RUN)) {
            setup.apply();
        }
        Map<String, String> moved = ingest("faultprint");
        moved.putAll(registered());
        try (IngestStage ingest = door(moved);
                CorrelateStage correlate = new CorrelateStage(correlate(), new SimpleMeterRegistry())) {
            post(ingest, "written with a registry's id");
            List<ConsumerRecord<byte[], byte[]>> logs = logs();
            assertThat(logs)
                    .extracting(record -> BundledSchemas.isBundled(id(record.value())))
                    .containsExactly(true, false);
            correlate.start();
            await().atMost(PATIENCE).until(() -> settled() > logs.get(1).offset());

            Schema newer = newer();
            int id = idIn(register("elsewhere", newer.toString()));
            registry.kill();
            long unknown = send(logs.get(1), id);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(correlate.check())
                            .satisfies(health -> assertThat(health.live()).isTrue())
                            .satisfies(health -> assertThat(health.ready()).isFalse())
                            .satisfies(health -> assertThat(health.detail())
                                    .contains("waiting for schema id " + id)
                                    .contains(api())));
            post(ingest, "written while the registry is away");
            assertThat(settled()).isLessThanOrEqualTo(unknown);

            registry = NodeProcess.start(spec.withPort(registry.port()));

            await().atMost(PATIENCE).until(() -> settled() > unknown);
            await().atMost(PATIENCE).until(() -> correlate.check().ready());
            assertThat(logs()).hasSize(4);
            await().atMost(PATIENCE).until(() -> settled() > logs().get(3).offset());
            assertThat(ended(RUN.topic("dead-letters"))).isZero();
            assertThat(ended(RUN.topic("late"))).isZero();
        }
    }

    /** A log event of somebody who says one thing more. */
    private static Schema newer() {
        List<Schema> versions = SchemaHistory.of(LogEvent.getClassSchema().getFullName());
        String newest = versions.get(versions.size() - 1).toString();
        return new Schema.Parser()
                .parse(newest.replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"more\",\"type\":\"int\"},"));
    }

    /** The same event as in a record, under such an id. */
    private static long send(ConsumerRecord<byte[], byte[]> record, int id) throws Exception {
        byte[] old = record.value();
        byte[] value = ByteBuffer.allocate(old.length + 1)
                .put((byte) 0)
                .putInt(id)
                .put((byte) 2)
                .put(old, 5, old.length - 5)
                .array();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(LOGS, record.partition(), record.key(), value))
                    .get()
                    .offset();
        }
    }

    private static IngestStage door(Map<String, String> keys) {
        IngestStage ingest = new IngestStage(ConfigLoader.of(IngestConfig.class, keys), new SimpleMeterRegistry());
        ingest.start();
        return ingest;
    }

    private static void post(IngestStage ingest, String line) throws Exception {
        String body = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},
                "scopeLogs":[{"logRecords":[{"body":{"stringValue":"%s"}}]}]}]}
                """.formatted(line);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingest.port() + "/v1/logs"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static CorrelateConfig correlate() {
        Map<String, String> keys = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                kafka.address(),
                "partitions.events",
                "1",
                "window.lateness",
                LATENESS,
                "streams.state-dir",
                directory.resolve("state").toString()));
        keys.putAll(registered());
        return ConfigLoader.of(CorrelateConfig.class, keys);
    }

    private static Map<String, String> ingest(String prefix) {
        return new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                kafka.address(),
                "run.prefix",
                prefix,
                "partitions.events",
                "1",
                "http.port",
                "0",
                "state.dir",
                directory.resolve("door-" + prefix).toString()));
    }

    private static Map<String, String> registered() {
        return Map.of("registry.url", api(), "registry.timeout", "20s");
    }

    private static RegistrySettings settings() {
        return new RegistrySettings(
                List.of(URI.create(api())), SubjectNames.TOPIC_RECORD, false, Duration.ofSeconds(20), Map.of());
    }

    private static String api() {
        return "http://" + registry.address() + "/apis/ccompat/v7";
    }

    private static HttpResponse<String> register(String subject, String schema) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(api() + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("schema", schema)), UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int idIn(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("id").asInt();
    }

    private static int id(byte[] wire) {
        return ByteBuffer.wrap(wire).getInt(1);
    }

    /** Records with random values; maps of one entry, because Avro leaves the order of more open. */
    private static List<SpecificRecord> random(Class<? extends SpecificRecord> type) throws Exception {
        Schema schema = SpecificData.get().getSchema(type);
        AvroCodec bundled = AvroCodec.bundled();
        List<SpecificRecord> records = new ArrayList<>();
        for (Object made : new RandomData(schema, 5, 17)) {
            GenericRecord record = (GenericRecord) made;
            for (Schema.Field field : schema.getFields()) {
                if (record.get(field.pos()) instanceof Map<?, ?> map) {
                    map.keySet().retainAll(map.keySet().stream().limit(1).toList());
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(ByteBuffer.allocate(5)
                    .put((byte) 0)
                    .putInt(BundledSchemas.idOf(schema))
                    .array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            records.add(bundled.decode(out.toByteArray()));
        }
        return records;
    }

    /** The log events that ingest wrote, heartbeats aside. */
    private static List<ConsumerRecord<byte[], byte[]>> logs() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("")) {
            TopicPartition partition = new TopicPartition(LOGS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = ended(LOGS);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                // Heartbeats have no key.
                consumer.poll(Duration.ofMillis(100)).records(partition).stream()
                        .filter(record -> record.key() != null)
                        .forEach(records::add);
            }
            return records;
        }
    }

    /** Where the one partition of a topic ends. */
    private static long ended(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        }
    }

    /** How far signals has settled the logs for good. */
    private static long settled() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(RUN.application("signals"))) {
            TopicPartition partition = new TopicPartition(LOGS, 0);
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            return committed == null ? 0 : committed.offset();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String group) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.address(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false));
        if (!group.isEmpty()) {
            settings.put("group.id", group);
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
