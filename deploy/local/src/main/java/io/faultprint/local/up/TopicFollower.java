package io.faultprint.local.up;

import io.faultprint.letter.Horizon;
import io.faultprint.letter.Refusal;
import io.faultprint.letter.TickChecks;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics of a run on a thread of its own, from their beginning, committed records only. Without a consumer group:
 * every reader sees everything, and leaves nothing behind in the broker.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    /** Where windows end is checked by who evaluates them. */
    private static final Windows ANY_WINDOW = new Windows(1, 0);

    /** Who hears of the records, on the follower's thread. */
    public interface Listener {

        /** A record, and whether it was there before the follower began. */
        void on(SpecificRecord value, boolean old);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec codec;
    private final int sources;
    private final Horizon horizon;
    private final Map<TopicPartition, Long> begin = new HashMap<>();
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();
    private final Listener listener;
    private final Thread thread;
    private volatile boolean stopping;

    /** @param codec of the run's topics */
    public TopicFollower(
            Map<String, Object> client,
            AvroCodec codec,
            Run run,
            Partitions partitions,
            List<Topic> topics,
            Listener listener) {
        this.codec = codec;
        this.listener = listener;
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.CLIENT_ID_CONFIG,
                run.application("follower")));
        this.sources = partitions.of(Topics.LOGS);
        this.horizon = Horizon.of(run);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : topics) {
            for (int p = 0; p < partitions.of(topic); p++) {
                all.add(new TopicPartition(run.topic(topic.name()), p));
            }
        }
        consumer.assign(all);
        begin.putAll(consumer.endOffsets(all));
        consumer.seekToBeginning(all);
        this.thread = new Thread(this::read, "follower");
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public TopicFollower start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(500))) {
                    hear(each);
                }
            }
        } catch (WakeupException | InterruptException asked) {
            LOG.debug("follower stops");
        } catch (RuntimeException failure) {
            LOG.error("the follower of incidents and diagnoses ended; they are no longer shown", failure);
        }
    }

    /** The offset of the last record heard of each partition of a topic, by its full name. */
    public Map<TopicPartition, Long> last(String topic) {
        Map<TopicPartition, Long> of = new HashMap<>(last);
        of.keySet().removeIf(partition -> !partition.topic().equals(topic));
        return of;
    }

    private void hear(ConsumerRecord<byte[], byte[]> each) {
        TopicPartition partition = new TopicPartition(each.topic(), each.partition());
        SpecificRecord value = read(each);
        if (value != null) {
            listener.on(value, each.offset() < begin.getOrDefault(partition, 0L));
        }
        last.put(partition, each.offset());
    }

    /** Null for what cannot be used: whoever reads the topic to work on it makes a dead letter of that. */
    private @Nullable SpecificRecord read(ConsumerRecord<byte[], byte[]> each) {
        if (each.value() == null) {
            return null;
        }
        try {
            SpecificRecord value = codec.decode(each.value());
            Refusal refusal = value instanceof Tick tick
                    ? TickChecks.check(tick, sources, ANY_WINDOW, horizon, each.timestamp())
                    : null;
            if (refusal == null) {
                return value;
            }
            LOG.warn("{}-{} at {}: passed over: {}", each.topic(), each.partition(), each.offset(), refusal.message());
        } catch (MalformedRecord broken) {
            LOG.warn(
                    "{}-{} at {}: passed over: {}", each.topic(), each.partition(), each.offset(), broken.getMessage());
        }
        return null;
    }
}
