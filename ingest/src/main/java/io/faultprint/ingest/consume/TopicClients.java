package io.faultprint.ingest.consume;

import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.topic.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Kafka clients of topics' doors, and what they are called. */
final class TopicClients implements AutoCloseable {

    /** A transaction that hangs stalls every reader of the event topics for so long. */
    private static final int TRANSACTION_MILLIS = 15_000;

    private static final long BUFFER = 32L << 20;
    private static final int MOST_RECORDS = 2_000;
    private static final int MOST_BYTES = 8 << 20;

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final Duration delivery;
    private final Run run;
    private final String instance;
    private final Admin admin;

    /** @param instance what tells this instance from all others, the same after a restart */
    TopicClients(String bootstrapServers, Map<String, String> properties, Duration delivery, Run run, String instance) {
        this.bootstrapServers = bootstrapServers;
        this.properties = properties;
        this.delivery = delivery;
        this.run = run;
        this.instance = instance;
        this.admin = Admin.create(client());
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }

    Admin admin() {
        return admin;
    }

    /** The group of all instances' readers of a topic. */
    String group(String topic) {
        return run.application("ingest-" + topic);
    }

    Map<String, Object> producer(String topic) {
        // Shorter than the transaction: what was not delivered by then is aborted by us, and not by the broker under
        // us.
        Duration most = Duration.ofMillis(TRANSACTION_MILLIS - 3_000);
        Map<String, Object> settings = EventProducer.settings(
                bootstrapServers, properties, delivery.compareTo(most) < 0 ? delivery : most, BUFFER);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group(topic) + "-" + instance);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_MILLIS);
        return settings;
    }

    Map<String, Object> consumer(String topic) {
        Map<String, Object> settings = client();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group(topic));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        // A topic or partition that is new is noticed before its first records could be late.
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        return settings;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
