package io.faultprint.benchmarks.door;

import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A plain copy of a topic into another one, in transactions with its offsets.
 *
 * @param records at most in a transaction
 * @param bytes after which a transaction ends
 */
record TopicCopy(int records, int bytes) {

    /** As large as those of a foreign topic's door. */
    static final TopicCopy SHORT = new TopicCopy(1_000, 1 << 20);

    /** As large as a poll. */
    static final TopicCopy LONG = new TopicCopy(50_000, 16 << 20);

    /** Copies this many records; the stretch begins after the first commit, so that joining a group does not count. */
    Stretch run(PlainTopic from, PlainTopic to, int count, int eventsEach) {
        int copied = 0;
        int first = 0;
        Stopwatch watch = new Stopwatch();
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(producing(to), new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(consuming(to), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(from.name()));
            List<ConsumerRecord<byte[], byte[]>> open = new ArrayList<>();
            while (copied < count) {
                int size = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    open.add(record);
                    size += record.serializedValueSize();
                    if (size >= bytes || open.size() >= records) {
                        copied += commit(producer, consumer, to.name(), open);
                        size = 0;
                    }
                    if (first == 0 && copied > 0) {
                        first = copied;
                        watch = new Stopwatch();
                    }
                }
                copied += commit(producer, consumer, to.name(), open);
                if (first == 0 && copied > 0) {
                    first = copied;
                    watch = new Stopwatch();
                }
            }
        }
        return watch.stretch((long) (copied - first) * eventsEach);
    }

    private static Map<String, Object> producing(PlainTopic to) {
        return Map.of(
                "bootstrap.servers",
                to.kafka(),
                "transactional.id",
                to.name(),
                "transaction.timeout.ms",
                15_000,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                128 << 10,
                "compression.type",
                "lz4");
    }

    private static Map<String, Object> consuming(PlainTopic to) {
        return Map.of(
                "bootstrap.servers",
                to.kafka(),
                "group.id",
                to.name(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                2_000,
                "fetch.max.bytes",
                8 << 20);
    }

    private static int commit(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            String to,
            List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var unused = producer.send(new ProducerRecord<>(to, record.partition(), record.key(), record.value()));
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        int count = records.size();
        records.clear();
        return count;
    }
}
