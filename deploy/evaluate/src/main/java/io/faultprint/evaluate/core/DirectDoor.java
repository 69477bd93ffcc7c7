package io.faultprint.evaluate.core;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer whose records reach correlate at once, in the order in which they are sent. */
final class DirectDoor extends MockProducer<String, byte[]> {

    private final DirectCorrelate correlate;

    DirectDoor(DirectCorrelate correlate) {
        super(true, null, new StringSerializer(), new ByteArraySerializer());
        this.correlate = correlate;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        String key = record.key();
        correlate.read(new ProducerRecord<>(
                record.topic(),
                record.partition(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers()));
        RecordMetadata done = new RecordMetadata(new TopicPartition(record.topic(), record.partition()), 0, 0, 0, 0, 0);
        callback.onCompletion(done, null);
        return CompletableFuture.completedFuture(done);
    }
}
