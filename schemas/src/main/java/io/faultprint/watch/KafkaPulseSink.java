package io.faultprint.watch;

import io.faultprint.pulse.Pulse;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code pulse}, through a producer of its own: what a stage says of itself must not stand in line behind its
 * work, nor in a transaction that may be aborted.
 */
public final class KafkaPulseSink implements PulseSink {

    private static final int BLOCK_MILLIS = 1_000;
    private static final int DELIVERY_MILLIS = 9_000;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final AvroCodec codec;
    private final String topic;

    /**
     * Connects when the first pulse is sent.
     *
     * @param client properties of the broker and how to reach it, as for every client of the stage
     */
    public KafkaPulseSink(Map<String, Object> client, Run run, AvroCodec codec, Who who) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, run.application("pulse-" + who.stage()));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.codec = codec;
        this.topic = run.topic(Topics.PULSE.name());
    }

    /** The key of an instance's pulses. */
    public static String key(Pulse pulse) {
        return pulse.getStage() + "/" + pulse.getInstance();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    public void send(Pulse pulse, Consumer<@Nullable Exception> answered) {
        try {
            producer.send(
                    new ProducerRecord<>(topic, key(pulse), codec.encode(topic, pulse)),
                    (metadata, problem) -> answered.accept(problem));
        } catch (KafkaException | IllegalStateException refused) {
            answered.accept(refused);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
