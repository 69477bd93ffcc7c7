package io.faultprint.correlate.topology.incidents;

import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends records that cannot be used to where they can be looked at: original key and bytes, cause and coordinates. */
final class Rejects {

    private static final String STAGE = "incidents";

    private final ProcessorContext<byte[], byte[]> context;

    Rejects(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    void deadLetter(Record<byte[], byte[]> record, Refusal refusal) {
        send(record, refusal, sourceOf(record), IncidentsTopology.DEAD_LETTERS);
    }

    void late(Record<byte[], byte[]> record, Refusal refusal) {
        send(record, refusal, sourceOf(record), IncidentsTopology.LATE);
    }

    /** A record that this stage made and Kafka would refuse. */
    void unwritable(Record<byte[], byte[]> record, String topic, Refusal refusal) {
        Letter.Source source = new Letter.Source(topic, -1, -1, record.timestamp());
        send(record, refusal, source, IncidentsTopology.DEAD_LETTERS);
    }

    private Letter.Source sourceOf(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record is refused only while it is processed"));
        return new Letter.Source(at.topic(), at.partition(), at.offset(), record.timestamp());
    }

    private void send(Record<byte[], byte[]> record, Refusal refusal, Letter.Source source, String sink) {
        Letter letter = Letter.of(STAGE, refusal, source, record.key(), record.value(), record.headers());
        context.forward(
                new Record<>(letter.key(), letter.value(), Math.max(0, record.timestamp()), letter.headers()), sink);
    }
}
