package io.faultprint.ingest.produce;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Events, dead letters and heartbeats into their topics, through one idempotent producer, so that a heartbeat stands
 * in each partition behind the events it speaks of.
 */
public final class EventProducer implements AutoCloseable {

    private final Producer<String, byte[]> producer;
    private final AvroCodec codec;
    private final Run run;
    private final Partitions partitions;
    private final Map<Topic, String> names = new HashMap<>();

    public EventProducer(Producer<String, byte[]> producer, AvroCodec codec, Run run, Partitions partitions) {
        this.producer = producer;
        this.codec = codec;
        this.run = run;
        this.partitions = partitions;
        Topics.all().forEach(topic -> names.put(topic, run.topic(topic.name())));
    }

    /**
     * Settings of the producer, for {@code new KafkaProducer<>(…)}.
     *
     * @param client the user's own client properties; ours win where the promise depends on them
     * @param delivery how long a record may wait for its acknowledgement
     * @param buffer bytes of memory for records on their way
     */
    public static Map<String, Object> settings(
            String bootstrapServers, Map<String, String> client, Duration delivery, long buffer) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Topics that are quiet for five minutes would otherwise be looked up again inside a request.
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(delivery.toMillis(), 2_000));
        settings.putAll(client);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, buffer);
        int millis = (int) delivery.toMillis();
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1_000, millis / 2 - 10));
        return settings;
    }

    /** Looks up every topic now, so that no request has to wait for it. */
    public void warm() {
        names.values().forEach(producer::partitionsFor);
    }

    /** A record of ours, encoded, with where it goes. */
    ProducerRecord<String, byte[]> event(Outcome.Parsed parsed) {
        String topic = name(parsed.topic());
        int partition = Keys.partition(parsed.key(), partitions.of(parsed.topic()));
        return new ProducerRecord<>(topic, partition, parsed.key(), codec.encode(topic, parsed.event()));
    }

    ProducerRecord<String, byte[]> deadLetter(DeadLetter letter) {
        int partition = Keys.partition(letter.key(), partitions.of(Topics.DEAD_LETTERS));
        return new ProducerRecord<>(
                name(Topics.DEAD_LETTERS), partition, letter.recordKey(), letter.value(), letter.headers());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    void send(ProducerRecord<String, byte[]> record, Callback callback) {
        producer.send(record, callback);
    }

    /** What a door says to a partition of an event topic. */
    public interface Word {
        /** The heartbeat for this partition of the topic of this full name. */
        Heartbeat to(String topic, int partition);
    }

    /** What came of a heartbeat. */
    public interface Heard {
        /**
         * Hears it, once for each partition.
         *
         * @param topic full name
         * @param problem why Kafka did not take it, or null
         */
        void by(String topic, int partition, @Nullable Exception problem);
    }

    /** A heartbeat into each partition of every event topic, behind what was sent before. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    public void heartbeat(Word word, Heard heard) {
        for (Topic topic : Topics.eventTopics()) {
            String name = name(topic);
            for (int i = 0; i < partitions.of(topic); i++) {
                int partition = i;
                byte[] bytes = codec.encode(name, word.to(name, partition));
                producer.send(
                        new ProducerRecord<>(name, partition, null, bytes),
                        (metadata, problem) -> heard.by(name, partition, problem));
            }
        }
    }

    /** Sends one event by itself. */
    public void send(Outcome.Parsed parsed, Callback callback) {
        send(event(parsed), callback);
    }

    /** Sends one dead letter by itself. */
    public void send(DeadLetter letter, Callback callback) {
        send(deadLetter(letter), callback);
    }

    /** Waits until everything that was sent is settled. */
    public void flush() {
        producer.flush();
    }

    /** The run it writes to. */
    public Run run() {
        return run;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }

    private String name(Topic topic) {
        String name = names.get(topic);
        if (name == null) {
            throw new IllegalArgumentException("topic " + topic.name() + " is not declared");
        }
        return name;
    }
}
