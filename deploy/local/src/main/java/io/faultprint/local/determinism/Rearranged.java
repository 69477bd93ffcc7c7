package io.faultprint.local.determinism;

import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Copies the event topics of one run into another's, in another order. Partitions and bytes stay as they are. */
final class Rearranged implements AutoCloseable {

    private static final int CHUNK = 500;

    private final String kafka;
    private final Run from;
    private final Run to;
    private final Partitions partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> refused = new AtomicReference<>();

    /** A partition of the one run, being read. */
    private record Source(String topic, int partition, LogReader reader) {}

    Rearranged(String kafka, Run from, Run to, Partitions partitions) {
        this.kafka = kafka;
        this.from = from;
        this.to = to;
        this.partitions = partitions;
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka,
                "enable.idempotence",
                true,
                "acks",
                "all",
                "linger.ms",
                5,
                "max.block.ms",
                60_000,
                "batch.size",
                128 << 10));
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Each event later than its time by less than the lateness, and so before the heartbeat that would make it late. */
    void permuted(long seed, long latenessMillis) {
        Random random = new Random(seed);
        List<Source> sources = open();
        try {
            List<PermutedPartition> open = new ArrayList<>();
            for (Source source : sources) {
                open.add(new PermutedPartition(
                        source.reader(),
                        record -> send(source, record),
                        new Random(random.nextLong()),
                        latenessMillis));
            }
            while (!open.isEmpty()) {
                PermutedPartition next = Collections.min(open, Comparator.comparingLong(PermutedPartition::at));
                if (!next.step()) {
                    open.remove(next);
                }
            }
        } finally {
            sources.forEach(source -> source.reader().close());
        }
        finish();
    }

    /** Whole partitions one after the other, pieces of them, or one of them when all others are through. */
    void byPartition(long seed) {
        Random random = new Random(seed);
        List<Source> open = open();
        List<Source> all = List.copyOf(open);
        Collections.shuffle(open, random);
        Source lagging = open.get(0);
        int way = Math.floorMod(seed, 3);
        try {
            while (!open.isEmpty()) {
                Source source = open.get(random.nextInt(open.size()));
                if (way == 2 && source.equals(lagging) && open.size() > 1) {
                    continue;
                }
                int chunk = way == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(CHUNK);
                for (int i = 0; i < chunk && source.reader().hasNext(); i++) {
                    send(source, source.reader().next());
                }
                if (!source.reader().hasNext()) {
                    open.remove(source);
                }
            }
        } finally {
            all.forEach(source -> source.reader().close());
        }
        finish();
    }

    private List<Source> open() {
        List<Source> sources = new ArrayList<>();
        Topics.eventTopics().forEach(topic -> {
            for (int p = 0; p < partitions.of(topic); p++) {
                TopicPartition of = new TopicPartition(from.topic(topic.name()), p);
                sources.add(new Source(to.topic(topic.name()), p, LogReader.of(kafka, List.of(of))));
            }
        });
        return sources;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    private void send(Source source, ConsumerRecord<byte[], byte[]> record) {
        producer.send(
                new ProducerRecord<>(
                        source.topic(), source.partition(), null, record.key(), record.value(), record.headers()),
                (metadata, problem) -> {
                    if (problem != null) {
                        refused.compareAndSet(null, problem);
                    }
                });
    }

    private void finish() {
        producer.flush();
        if (refused.get() != null) {
            throw new IllegalStateException("Kafka did not take a copied record", refused.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
