package io.faultprint.ingest;

import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.serde.AvroCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what ingest wrote, from the beginning of a run's topics. */
public final class Kafka {

    private static final AvroCodec CODEC = AvroCodec.bundled();

    private final String address;
    private final String prefix;

    public Kafka(String address, String prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** Every record of a topic now, partition by partition. */
    public List<ConsumerRecord<String, byte[]>> all(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                address,
                "group.id",
                UUID.randomUUID().toString(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false",
                // Closing waits for the fetch that is under way, by default half a second.
                "fetch.max.wait.ms",
                50);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + "." + topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Every event of a topic that is of this type and fits; heartbeats aside. */
    public <T extends SpecificRecord> List<T> events(String topic, Class<T> type, Predicate<T> fits) {
        return all(topic).stream()
                .map(record -> CODEC.decode(record.value()))
                .flatMap(record -> type.isInstance(record) ? Stream.of(type.cast(record)) : Stream.empty())
                .filter(fits)
                .toList();
    }

    public List<Heartbeat> heartbeats(String topic) {
        return events(topic, Heartbeat.class, beat -> true);
    }

    /** The dead letters whose header has this value; waits until there is one. */
    public List<ConsumerRecord<String, byte[]>> deadLetters(String header, String value) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> all("dead-letters").stream()
                                .filter(record -> header(record, header).equals(value))
                                .toList(),
                        found -> !found.isEmpty());
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader("faultprint." + name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
