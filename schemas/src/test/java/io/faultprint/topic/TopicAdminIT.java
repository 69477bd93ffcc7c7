package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {

    private static final Partitions FOUR_AND_ONE = new Partitions(4, 1);

    @TempDir
    static Path data;

    private static NodeProcess kafka;
    private static Admin admin;

    @BeforeAll
    static void startKafka() {
        kafka = Nodes.kafka(data.resolve("kafka"));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.address()));
    }

    @AfterAll
    static void stopKafka() {
        try (NodeProcess node = kafka;
                Admin client = admin) {
            assertThat(client).isNotNull();
            assertThat(node).isNotNull();
        }
    }

    @Test
    void everyTopicOfTheCatalogueIsCreatedAsDeclared() throws Exception {
        Run run = new Run("created", "");

        List<String> created = new TopicAdmin(admin, run, FOUR_AND_ONE).ensure((short) 1);

        assertThat(created)
                .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                        .map(topic -> run.topic(topic.name()))
                        .toList());
        for (Topic topic : Topics.all()) {
            Map<String, String> settings = settings(run.topic(topic.name()));
            assertThat(settings)
                    .as(topic.name())
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsAllEntriesOf(topic.retention().settings());
            assertThat(partitions(run.topic(topic.name()))).as(topic.name()).isEqualTo(FOUR_AND_ONE.of(topic));
        }
    }

    @Test
    void theSecondTimeNothingIsCreated() {
        TopicAdmin topics = new TopicAdmin(admin, new Run("twice", "r1"), FOUR_AND_ONE);
        topics.ensure((short) -1);

        assertThat(topics.ensure((short) -1)).isEmpty();
        topics.check();
    }

    @Test
    void whatIsMissingIsAddedToWhatIsThere() throws Exception {
        admin.createTopics(List.of(new NewTopic("partly.logs", Optional.of(4), Optional.empty())))
                .all()
                .get();

        List<String> created = new TopicAdmin(admin, new Run("partly", ""), FOUR_AND_ONE).ensure((short) 1);

        assertThat(created).hasSize(Topics.all().size() - 1).doesNotContain("partly.logs");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedWithItsMend() {
        Run run = new Run("shape", "");
        new TopicAdmin(admin, run, FOUR_AND_ONE).ensure((short) 1);

        assertThatThrownBy(() -> new TopicAdmin(admin, run, new Partitions(8, 1)).ensure((short) 1))
                .isInstanceOf(UsageError.class)
                .hasMessage(
                        "topic shape.logs: has 4 partitions, but partitions.events is 8; counts are fixed for a run:"
                                + " set 4, or another run.prefix");
        assertThatThrownBy(() -> new TopicAdmin(admin, run, new Partitions(4, 2)).check())
                .isInstanceOf(UsageError.class)
                .hasMessage(
                        "topic shape.digests: has 1 partitions, but partitions.incidents is 2; counts are fixed for a"
                                + " run: set 1, or another run.prefix");
    }

    @Test
    void aMissingTopicIsNamed() {
        assertThatThrownBy(() -> new TopicAdmin(admin, new Run("nowhere", ""), FOUR_AND_ONE).check())
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("topic nowhere.logs: not there; create the topics first");
    }

    @Test
    void stagesThatStartTogetherCreateEachTopicOnce() throws Exception {
        Run run = new Run("together", "");
        int stages = 4;
        CyclicBarrier start = new CyclicBarrier(stages);
        ExecutorService threads = Executors.newFixedThreadPool(stages);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < stages; i++) {
                results.add(threads.submit(() -> {
                    start.await();
                    return new TopicAdmin(admin, run, FOUR_AND_ONE).ensure((short) 1);
                }));
            }

            List<String> created = new ArrayList<>();
            for (Future<List<String>> result : results) {
                created.addAll(result.get());
            }

            assertThat(created).doesNotHaveDuplicates().hasSize(Topics.all().size());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A topic is listed a moment before its leaders take writes; a producer that does not retry would see it. */
    @Test
    void everyPartitionTakesWritesAtOnce() throws Exception {
        Partitions many = new Partitions(12, 4);
        for (int attempt = 0; attempt < 4; attempt++) {
            Run run = new Run("at-once", "r" + attempt);
            try (KafkaProducer<String, String> once = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.address(), "retries", 0, "enable.idempotence", false),
                    new StringSerializer(),
                    new StringSerializer())) {
                new TopicAdmin(admin, run, many).ensure((short) 1);

                List<Future<?>> sent = new ArrayList<>();
                for (Topic topic : Topics.all()) {
                    for (int partition = 0; partition < many.of(topic); partition++) {
                        sent.add(once.send(new ProducerRecord<>(run.topic(topic.name()), partition, "key", "value")));
                    }
                }
                for (Future<?> each : sent) {
                    each.get();
                }
            }
        }
    }

    @Test
    void aProducerPutsAKeyWhereKeysSaysItGoes() throws Exception {
        Run run = new Run("keys", "");
        new TopicAdmin(admin, run, FOUR_AND_ONE).ensure((short) 1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 50; i++) {
                String key = Keys.service(Keys.escapeEnvironment("prod/%" + i), "café " + i);

                int partition = producer.send(new ProducerRecord<>(run.topic("logs"), key, "x"))
                        .get()
                        .partition();

                assertThat(partition).isEqualTo(Keys.partition(key, FOUR_AND_ONE.events()));
            }
        }
    }

    private static Map<String, String> settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }
}
