package io.faultprint.local.pulse;

import io.faultprint.pulse.Pulse;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a run's pulses, and counts what went aside, straight from Kafka and without leaving a trace there. */
public final class RunReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    /** More than this in an hour is more than anybody counts. */
    private static final long MOST = 100_000;

    private static final long COUNTING_NANOS = 5_000_000_000L;

    private final Run run;
    private String unread = "";
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** A reader; it connects when it is asked. */
    public RunReader(String bootstrap, Map<String, String> properties, Run run) {
        this.run = run;
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, run.application("status"));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Every instance that has spoken in the last week; empty when the run has no topic of pulses.
     *
     * @param codec reads the pulses
     * @throws TimeoutException when Kafka does not answer within some seconds
     */
    public Optional<Instances> instances(AvroCodec codec) {
        Instances instances = new Instances();
        List<TopicPartition> partitions = assign(Topics.PULSE);
        if (partitions.isEmpty()) {
            return Optional.empty();
        }
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long until = System.nanoTime() + PATIENCE.toNanos() * 4;
        while (!read(ends) && System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hear(record, codec, instances);
            }
        }
        return Optional.of(instances);
    }

    private void hear(ConsumerRecord<byte[], byte[]> record, AvroCodec codec, Instances instances) {
        try {
            if (record.value() != null && codec.decode(record.value()) instanceof Pulse pulse) {
                instances.hear(pulse);
            }
        } catch (MalformedRecord notOurs) {
            // Whoever wrote it has not said a pulse, or only a registry knows its schema: the command says so.
            unread = String.valueOf(notOurs.getMessage());
        }
    }

    /** Why a pulse could not be read, the last of them; empty when all could. */
    public String unread() {
        return unread;
    }

    /**
     * How many records were appended to a topic since then, epoch milliseconds of the broker; empty when there are more
     * than can be counted in some seconds.
     */
    public OptionalLong since(Topic topic, long time) {
        List<TopicPartition> partitions = assign(topic);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(times).forEach((partition, first) -> {
            if (first == null) {
                ends.remove(partition);
            } else {
                consumer.seek(partition, first.offset());
            }
        });
        consumer.assign(ends.keySet());
        long count = 0;
        long until = System.nanoTime() + COUNTING_NANOS;
        while (!read(ends)) {
            count += consumer.poll(POLL).count();
            if (count > MOST || System.nanoTime() > until) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(count);
    }

    private List<TopicPartition> assign(Topic topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(run.topic(topic.name())).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
        consumer.assign(partitions);
        return partitions;
    }

    private boolean read(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
