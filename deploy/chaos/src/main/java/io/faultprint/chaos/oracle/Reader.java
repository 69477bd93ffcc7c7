package io.faultprint.chaos.oracle;

import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics of a run as any reader does, committed records only, each record once, on and on. */
public final class Reader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> all = new ArrayList<>();

    public Reader(String kafka, Run run, Partitions partitions, List<Topic> topics) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        for (Topic topic : topics) {
            for (int partition = 0; partition < partitions.of(topic); partition++) {
                all.add(new TopicPartition(run.topic(topic.name()), partition));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Hands over everything that is committed by now and was not handed over before. */
    public void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(POLL).forEach(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
