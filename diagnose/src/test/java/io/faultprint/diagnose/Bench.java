package io.faultprint.diagnose;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One run on a real broker: its topics, what a test puts into them, and what the stage wrote. */
public final class Bench implements AutoCloseable {

    private static final AtomicInteger RUNS = new AtomicInteger();

    public final Run run = new Run("faultprint", "b" + RUNS.incrementAndGet());
    private final String broker;
    private final AvroCodec codec = AvroCodec.bundled();
    private final KafkaProducer<String, byte[]> producer;

    public Bench(String broker) {
        this.broker = broker;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            new TopicAdmin(admin, run, new Partitions(2, 1)).ensure((short) 1);
        }
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    public DiagnoseConfig config(String openSearch, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                broker,
                "run.id",
                run.id(),
                "partitions.events",
                "2",
                "opensearch.url",
                "http://" + openSearch,
                "opensearch.create",
                "true",
                "gate.owner",
                "one"));
        values.putAll(more);
        return ConfigLoader.of(DiagnoseConfig.class, values);
    }

    public void put(SpecificRecord record) {
        if (record instanceof Incident incident) {
            put(Topics.INCIDENTS, Keys.id(incident.getEnvironment(), incident.getId()), record);
        } else if (record instanceof Cluster cluster) {
            put(Topics.CLUSTERS, Keys.id(cluster.getEnvironment(), cluster.getId()), record);
        } else if (record instanceof Diagnosis diagnosis) {
            put(Topics.DIAGNOSES, Keys.id(diagnosis.getEnvironment(), diagnosis.getCluster()), record);
        } else if (record instanceof Snapshot snapshot) {
            put(Topics.SNAPSHOTS, Keys.service(snapshot.getEnvironment(), snapshot.getService()), record);
        } else {
            throw new IllegalArgumentException(record.toString());
        }
    }

    private void put(Topic topic, String key, SpecificRecord record) {
        String name = run.topic(topic.name());
        bytes(topic, key, codec.encode(name, record));
    }

    public void bytes(Topic topic, String key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(run.topic(topic.name()), key, value));
    }

    public void flush() {
        producer.flush();
    }

    /** Who is in a group of the run; whoever leaves and comes again is another. */
    Set<String> members(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            return admin.describeConsumerGroups(List.of(run.application(group))).all().get().values().stream()
                    .flatMap(described -> described.members().stream())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything committed to a topic so far. */
    public List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        // Closing waits for the fetch that is under way, by default half a second.
                        "fetch.max.wait.ms",
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(run.topic(topic.name())).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    /** Every revision of every diagnosis, in the order of the log. */
    public List<Diagnosis> diagnoses() {
        return read(Topics.DIAGNOSES).stream()
                .map(it -> (Diagnosis) codec.decode(it.value()))
                .toList();
    }

    public List<DiagnosisState> states() {
        return diagnoses().stream().map(Diagnosis::getState).toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
