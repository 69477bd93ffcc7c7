package io.faultprint.correlate;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that gives a transaction of unsure end up as if another had taken over: the thread loses its tasks, joins
 * the group again, and makes new ones of what is committed.
 *
 * <p>Left to itself, Kafka Streams begins the same task objects anew, and these (4.3.1) still know how far they had read
 * before. When such a task commits before it has read an input again, it commits the old position of that input; if its
 * next transaction fails too, it goes on from there, and what lies between is never counted.
 */
class FreshTasksProducer extends KafkaProducer<byte[], byte[]> {

    FreshTasksProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
        return super.send(
                message,
                (metadata, e) ->
                        callback.onCompletion(metadata, e instanceof RetriableException unsure ? lost(unsure) : e));
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata consumers) {
        try {
            super.sendOffsetsToTransaction(offsets, consumers);
        } catch (RetriableException e) {
            throw lost(e);
        }
    }

    @Override
    public void commitTransaction() {
        try {
            commit();
        } catch (RetriableException e) {
            throw lost(e);
        }
    }

    /** The commit itself; may time out. */
    void commit() {
        super.commitTransaction();
    }

    private static ProducerFencedException lost(RetriableException e) {
        ProducerFencedException lost =
                new ProducerFencedException("the transaction's end is unsure: " + e.getMessage());
        lost.initCause(e);
        return lost;
    }
}
