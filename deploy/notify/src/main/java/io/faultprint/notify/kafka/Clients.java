package io.faultprint.notify.kafka;

import io.faultprint.settings.KafkaSettings;
import io.faultprint.topic.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes clients.
 *
 * @param settings where the broker is, and how to reach it
 * @param run what groups and topics are called
 */
public record Clients(KafkaSettings settings, Run run) {

    private static final int SESSION_MILLIS = 15_000;

    /** A client that asks about topics at the start. */
    public Admin admin() {
        return Admin.create(KafkaSettings.asking(common("notify-admin")));
    }

    /**
     * A member of a target's group, of what is committed; partitions with the same number go to the same member.
     *
     * @param beginning where the group starts when it has never been anywhere: at the beginning, or at the end
     */
    public Consumer<byte[], byte[]> member(String group, boolean beginning) {
        Map<String, Object> settings = reading(group);
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, run.application(group));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, beginning ? "earliest" : "latest");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer without a group, for reading a partition up to an offset. */
    public Consumer<byte[], byte[]> reader(String name) {
        Map<String, Object> settings = reading(name);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer that has a record acknowledged by all replicas, once. */
    public Producer<byte[], byte[]> writer(String name) {
        Map<String, Object> settings = common(name);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> reading(String name) {
        Map<String, Object> settings = common(name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return settings;
    }

    private Map<String, Object> common(String name) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put("client.id", run.application(name));
        return client;
    }
}
