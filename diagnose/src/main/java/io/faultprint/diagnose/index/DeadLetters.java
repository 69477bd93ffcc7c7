package io.faultprint.diagnose.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes records that cannot be indexed to {@code dead-letters}: the original bytes, with cause and coordinates. */
final class DeadLetters implements AutoCloseable {

    /** A record with why it cannot be indexed. */
    record Letter(ConsumerRecord<byte[], byte[]> record, String cause, String message) {}

    private static final int MESSAGE = 2000;

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    DeadLetters(Clients clients) {
        this.producer = clients.writer("diagnose-dead-letters");
        this.topic = clients.run().topic(Topics.DEAD_LETTERS.name());
    }

    /**
     * Returns when all of them are acknowledged.
     *
     * @throws KafkaException when one was not
     */
    void write(List<Letter> letters) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Letter letter : letters) {
            sent.add(producer.send(record(letter)));
        }
        for (Future<RecordMetadata> future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(Letter letter) {
        ConsumerRecord<byte[], byte[]> source = letter.record();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, source.key(), source.value());
        String message = letter.message().length() <= MESSAGE
                ? letter.message()
                : letter.message().substring(0, MESSAGE) + "…";
        Map.of(
                        "stage", "diagnose",
                        "cause", letter.cause(),
                        "message", message,
                        "topic", source.topic(),
                        "partition", Integer.toString(source.partition()),
                        "offset", Long.toString(source.offset()),
                        "time", Long.toString(source.timestamp()))
                .forEach((name, value) -> record.headers().add("faultprint." + name, value.getBytes(UTF_8)));
        return record;
    }

    @Override
    public void close() {
        producer.close();
    }
}
