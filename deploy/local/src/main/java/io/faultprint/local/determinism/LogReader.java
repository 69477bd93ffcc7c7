package io.faultprint.local.determinism;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed of some partitions now, from an offset to the end. */
final class LogReader implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();

    private LogReader(String kafka, List<TopicPartition> partitions) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    static LogReader of(String kafka, List<TopicPartition> partitions) {
        LogReader reader = new LogReader(kafka, partitions);
        reader.consumer.seekToBeginning(partitions);
        return reader;
    }

    /** The one record at an offset. */
    static ConsumerRecord<byte[], byte[]> at(String kafka, TopicPartition partition, long offset) {
        try (LogReader reader = new LogReader(kafka, List.of(partition))) {
            reader.consumer.seek(partition, offset);
            return reader.next();
        }
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty()
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(read::add);
        }
        return !read.isEmpty();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("nothing more in " + ends.keySet());
        }
        return read.remove();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
