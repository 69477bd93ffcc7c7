package io.faultprint.ingest.consume;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic that somebody else fills. */
public final class ForeignTopic implements AutoCloseable {

    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;

    public ForeignTopic(String broker, String name, int partitions) {
        this.name = name;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
            // A leader is known a moment before it takes writes, and a producer that meets it then can lose batches.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
            await().ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == partitions);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(failure);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", broker, "linger.ms", 2));
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Writes a record.
     *
     * @param time the record's; null for now
     */
    @SuppressWarnings("FutureReturnValueIgnored") // tests wait for what comes of it
    public void put(int partition, @Nullable Long time, @Nullable String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(
                name, partition, time, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
    }

    public void put(String value) {
        put(0, null, null, value.getBytes(StandardCharsets.UTF_8));
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
