package io.faultprint.local.up;

import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.AvroSerde;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
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
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics of a run on a thread of its own, from their beginning, committed records only. Without a consumer group:
 * every reader sees everything, and leaves nothing behind in the broker.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    /** Who hears of the records, on the follower's thread. */
    public interface Listener {

        /** A record, and whether it was there before the follower began. */
        void on(SpecificRecord value, boolean old);
    }

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final Map<TopicPartition, Long> begin = new HashMap<>();
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();
    private final Listener listener;
    private final Thread thread;
    private volatile boolean stopping;

    public TopicFollower(String bootstrap, Run run, Partitions partitions, List<Topic> topics, Listener listener) {
        this.listener = listener;
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.CLIENT_ID_CONFIG,
                run.application("follower"));
        AvroSerde<SpecificRecord> values = new AvroSerde<>(AvroCodec.bundled(), SpecificRecord.class);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values.deserializer());
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
                for (ConsumerRecord<String, SpecificRecord> each : consumer.poll(Duration.ofMillis(500))) {
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

    private void hear(ConsumerRecord<String, SpecificRecord> each) {
        SpecificRecord value = each.value();
        TopicPartition partition = new TopicPartition(each.topic(), each.partition());
        if (value != null) {
            listener.on(value, each.offset() < begin.getOrDefault(partition, 0L));
        }
        last.put(partition, each.offset());
    }
}
