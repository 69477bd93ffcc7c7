package io.faultprint.node.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** What a test does with a broker. */
record Client(String address) {

    private static final int PATIENCE_MILLIS = 20_000;

    void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    void sendInTransaction(String topic, String value, boolean commit) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", address, "transactional.id", "test", "max.block.ms", PATIENCE_MILLIS);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value)).get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Leaves transactions open that the broker is to abort by itself after a second. */
    void leaveOpen(String topic, int transactions) throws Exception {
        for (int i = 0; i < transactions; i++) {
            Map<String, Object> config = Map.of(
                    "bootstrap.servers", address, "transactional.id", "lost-" + i, "transaction.timeout.ms", 1_000);
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(topic, "never committed")).get();
                // Closed in good order, it would be aborted now.
                producer.close(Duration.ZERO);
            }
        }
    }

    /** Reads committed values from the start of a topic until there are as many as expected. */
    List<String> read(String topic, int expected) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", address,
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> values.add(read.value()));
                return values.size() >= expected;
            });
        }
        return values;
    }
}
