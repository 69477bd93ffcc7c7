package io.faultprint.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A run with topics of its own on the one real broker of this JVM. */
final class Bench implements AutoCloseable {

    private static @Nullable NodeProcess broker;

    private final NodeProcess kafka;
    private final Run run;
    private final AvroCodec codec = AvroCodec.bundled();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    Bench(String prefix) {
        this.kafka = shared();
        this.run = new Run(prefix, "");
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.address()));
        new TopicAdmin(admin, run, new Partitions(1, 1)).ensure((short) 1);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Started by who asks first; it ends with this JVM. */
    private static synchronized NodeProcess shared() {
        if (broker == null) {
            try {
                Path directory = Files.createTempDirectory("faultprint-notify");
                NodeProcess made = Nodes.kafka(directory.resolve("kafka"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(made, directory)));
                broker = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return broker;
    }

    private static void end(NodeProcess broker, Path directory) {
        broker.kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println(directory + " is left: " + e);
        }
    }

    String address() {
        return kafka.address();
    }

    long brokerPid() {
        return kafka.pid();
    }

    Run run() {
        return run;
    }

    void put(Incident incident, Header... headers) {
        put(
                Topics.INCIDENTS,
                Keys.id(incident.getEnvironment(), incident.getId()),
                codec.encode("incidents", incident),
                headers);
    }

    void put(Diagnosis diagnosis) {
        put(
                Topics.DIAGNOSES,
                Keys.id(diagnosis.getEnvironment(), diagnosis.getCluster()),
                codec.encode("diagnoses", diagnosis));
    }

    void put(Topic topic, String key, byte[] value, Header... headers) {
        try {
            producer.send(new ProducerRecord<>(
                            run.topic(topic.name()), null, key.getBytes(UTF_8), value, List.of(headers)))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The settings of a stage here, as keys. */
    Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", kafka.address(),
                "run.prefix", run.prefix(),
                "partitions.events", "1",
                "pulse.blind-after", "2s",
                "pulse.every", "500ms"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    NotifyStage stage(MeterRegistry meters, String... more) {
        NotifyStage stage = new NotifyStage(ConfigLoader.of(NotifyConfig.class, settings(more)), meters);
        stage.start();
        return stage;
    }

    /** Where a target stands in incidents; -1 while it has no place. */
    long committed(String target) {
        try {
            var offset = admin.listConsumerGroupOffsets(run.application("notify-" + target))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(run.topic("incidents"), 0));
            return offset == null ? -1 : offset.offset();
        } catch (ExecutionException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** A killed member is missed at once, and not after its session. */
    void forgetMembers(String target) throws Exception {
        admin.removeMembersFromConsumerGroup(
                        run.application("notify-" + target), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
    }

    List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
        TopicPartition partition = new TopicPartition(run.topic(topic.name()), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader("faultprint." + name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
