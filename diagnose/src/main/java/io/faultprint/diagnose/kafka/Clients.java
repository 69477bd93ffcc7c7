package io.faultprint.diagnose.kafka;

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
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes clients.
 *
 * @param bootstrapServers where the cluster is found
 * @param properties passed through to every client, for example for security
 * @param run what groups, transactions and topics are called
 */
public record Clients(String bootstrapServers, Map<String, String> properties, Run run) {

    /** A hung transaction stalls every reader of its partition, so it may not hang long. */
    private static final int TRANSACTION_MILLIS = 15_000;

    private static final int SESSION_MILLIS = 15_000;

    private static final int FETCH_MILLIS = 50;

    public Clients {
        properties = Map.copyOf(properties);
    }

    /** What every client is given. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    /** A client that asks about topics at the start. */
    public Admin admin() {
        return Admin.create(KafkaSettings.asking(common("admin")));
    }

    /**
     * A consumer of a group, from the beginning, of what is committed; partitions with the same number go to the same
     * member, for topics with the same count.
     */
    public Consumer<byte[], byte[]> member(String group) {
        Map<String, Object> settings = reading(group);
        // A killed member is missed after this; until then its partitions are nobody's.
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, run.application(group));
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer without a group, for reading a partition to its end. */
    public Consumer<byte[], byte[]> reader(String name) {
        return new KafkaConsumer<>(reading(name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer whose transactions shut out every earlier one with the same name. */
    public Producer<String, byte[]> transactions(String name) {
        Map<String, Object> settings = writing(name);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, run.application(name));
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** A producer that has a record acknowledged by all replicas, once. */
    public Producer<byte[], byte[]> writer(String name) {
        return new KafkaProducer<>(writing(name), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> reading(String name) {
        Map<String, Object> settings = common(name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Partitions that are resumed wait for the fetch of the others that is under way, by default half a second: so
        // long a full desk stood idle between two claims.
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        // What waits on the heap for a store that is away: this much, and no more.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return settings;
    }

    private Map<String, Object> writing(String name) {
        Map<String, Object> settings = common(name);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20);
        return settings;
    }

    private Map<String, Object> common(String name) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("client.id", run.application(name));
        return settings;
    }
}
