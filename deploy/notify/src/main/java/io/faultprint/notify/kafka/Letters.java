package io.faultprint.notify.kafka;

import io.faultprint.letter.Cause;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.topic.Topics;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes records whose notification a receiver refuses to {@code dead-letters}. */
public final class Letters implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    public Letters(Clients clients, String group) {
        this.producer = clients.writer(group + "-dead-letters");
        this.topic = clients.run().topic(Topics.DEAD_LETTERS.name());
    }

    /**
     * Returns when it is acknowledged.
     *
     * @throws KafkaException when it was not
     */
    public void write(ConsumerRecord<byte[], byte[]> record, String message) {
        Letter letter = Letter.of(
                "notify",
                new Refusal(Cause.REFUSED_BY_RECEIVER, message),
                new Letter.Source(record.topic(), record.partition(), record.offset(), record.timestamp()),
                record.key(),
                record.value(),
                record.headers());
        try {
            send(letter);
        } catch (RecordTooLargeException e) {
            // The topic takes less than Kafka usually does. The reason without the bytes is worth more than a stop.
            byte[] value = letter.value();
            letter.headers().remove(Letter.CUT);
            Letter.add(letter.headers(), Letter.CUT, Integer.toString(value == null ? 0 : value.length));
            send(new Letter(letter.key(), new byte[0], letter.headers()));
        }
    }

    private void send(Letter letter) {
        try {
            producer.send(new ProducerRecord<>(topic, null, letter.key(), letter.value(), letter.headers()))
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
