package io.faultprint.diagnose.index;

import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.letter.Letter.Source;
import io.faultprint.letter.Refusal;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Writes records that cannot be indexed to {@code dead-letters}: the original bytes, with cause and coordinates. */
final class DeadLetters implements AutoCloseable {

    /** A record with why it cannot be indexed. */
    record Letter(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {}

    private final Clients clients;
    private final String topic;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Connects at the first letter; who makes none has no client. */
    DeadLetters(Clients clients) {
        this.clients = clients;
        this.topic = clients.run().topic(Topics.DEAD_LETTERS.name());
    }

    /**
     * Returns when all of them are acknowledged.
     *
     * @throws KafkaException when one was not
     */
    void write(List<Letter> letters) {
        Producer<byte[], byte[]> producer = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Letter letter : letters) {
            sent.add(producer.send(record(letter)));
        }
        for (int i = 0; i < sent.size(); i++) {
            try {
                await(sent.get(i));
            } catch (RecordTooLargeException e) {
                // The topic takes less than Kafka usually does. The reason without the bytes is worth more than a stop.
                await(producer.send(withoutValue(record(letters.get(i)))));
            }
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.writer("diagnose-dead-letters");
        }
        return producer;
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Letter letter) {
        ConsumerRecord<byte[], byte[]> source = letter.record();
        var made = io.faultprint.letter.Letter.of(
                "diagnose",
                letter.refusal(),
                new Source(source.topic(), source.partition(), source.offset(), source.timestamp()),
                source.key(),
                source.value(),
                source.headers());
        return new ProducerRecord<>(topic, null, made.key(), made.value(), made.headers());
    }

    private static ProducerRecord<byte[], byte[]> withoutValue(ProducerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        record.headers().remove(io.faultprint.letter.Letter.CUT);
        io.faultprint.letter.Letter.add(
                record.headers(), io.faultprint.letter.Letter.CUT, Integer.toString(value == null ? 0 : value.length));
        return new ProducerRecord<>(record.topic(), null, record.key(), new byte[0], record.headers());
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
