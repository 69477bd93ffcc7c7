package io.faultprint.benchmarks.door;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of {@value #PARTITIONS} partitions that is none of ours. */
record PlainTopic(String kafka, String name) {

    static final int PARTITIONS = 4;

    /** Makes it, and waits until it takes writes. */
    PlainTopic create() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            // A leader is known a moment before it takes writes, and a producer that meets it then can lose batches.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
            boolean ready = false;
            while (!ready) {
                try {
                    admin.listOffsets(ends).all().get();
                    ready = true;
                } catch (ExecutionException unheard) {
                    // A broker hears of a topic a moment after the controller has made it.
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
        return this;
    }

    /** Writes so many records, and returns when all are acknowledged by all replicas. */
    PlainTopic fill(int records, IntFunction<byte[]> record) {
        AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int n = 0; n < records; n++) {
                var unused = producer.send(
                        new ProducerRecord<>(name, n % PARTITIONS, null, record.apply(n)),
                        (metadata, problem) -> lost.compareAndSet(null, problem));
            }
        }
        Exception problem = lost.get();
        if (problem != null) {
            throw new IllegalStateException("the topic could not be filled", problem);
        }
        return this;
    }
}
