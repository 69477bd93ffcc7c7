package io.faultprint.correlate;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Kafka's own clients, but a consumer of input does not fetch partitions that have to wait, and a producer is careful. */
final class BrakedClients implements KafkaClientSupplier {

    private final Predicate<TopicPartition> waits;

    /** @param waits whether a partition must not be read on now; asked before each poll, by any thread */
    BrakedClients(Predicate<TopicPartition> waits) {
        this.waits = waits;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new FreshTasksProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new BrakedConsumer(config, waits);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    /** Kafka Streams pauses partitions itself, when their buffer is full; what it resumes stays paused while it waits. */
    private static final class BrakedConsumer extends KafkaConsumer<byte[], byte[]> {

        private final Predicate<TopicPartition> waits;
        private final Set<TopicPartition> pausedByStreams = new HashSet<>();
        private Set<TopicPartition> held = Set.of();

        private BrakedConsumer(Map<String, Object> config, Predicate<TopicPartition> waits) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.waits = waits;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            Set<TopicPartition> assigned = assignment();
            Set<TopicPartition> now = new HashSet<>(assigned);
            now.removeIf(waits.negate());
            Set<TopicPartition> released = new HashSet<>(held);
            released.removeAll(now);
            released.retainAll(assigned);
            pausedByStreams.retainAll(assigned);
            released.removeAll(pausedByStreams);
            super.pause(now);
            super.resume(released);
            held = now;
            return super.poll(timeout);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            pausedByStreams.addAll(partitions);
            super.pause(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            pausedByStreams.removeAll(Set.copyOf(partitions));
            Set<TopicPartition> free = new HashSet<>(partitions);
            free.removeAll(held);
            super.resume(free);
        }
    }
}
