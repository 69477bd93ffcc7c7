package io.faultprint.correlate.topology.signals;

import io.faultprint.letter.Cause;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.serde.AvroCodec;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends records on to the sinks of a processor; refused ones as their original bytes, with why and whence. */
final class Outbox {

    /** Bytes of key and value: a mebibyte is Kafka's usual limit, and some of it is the batch's own. */
    private static final int LARGEST = 1_000_000;

    private final ProcessorContext<@Nullable String, byte[]> context;
    private final AvroCodec codec;
    private final TopicNames topics;
    private final String processor;

    Outbox(ProcessorContext<@Nullable String, byte[]> context, AvroCodec codec, TopicNames topics, String processor) {
        this.context = context;
        this.codec = codec;
        this.topics = topics;
        this.processor = processor;
    }

    /**
     * Sends a record; a null key means every partition of the sink's topic. One that Kafka would refuse for its size goes
     * to {@code dead-letters} instead: refused by the producer, it would end the transaction, and the stage with it, again
     * after every start.
     */
    void send(String sink, @Nullable String key, SpecificRecord value) {
        String kind = Sinks.kindOf(sink);
        byte[] bytes = codec.encode(topics.topic(kind), value);
        int size = bytes.length + (key == null ? 0 : key.length());
        // Our topics stamp records themselves; where one does not, the broker's clock as of what was read is next best.
        long time = Math.max(0, context.currentStreamTimeMs());
        if (size > LARGEST) {
            Refusal refusal = new Refusal(
                    Cause.TOO_LARGE,
                    "a " + value.getSchema().getName() + " of " + size + " bytes for " + kind + "; at most " + LARGEST
                            + " can be written");
            Record<@Nullable String, byte[]> record = new Record<>(key, bytes, time);
            refuse(Sinks.DEAD_LETTERS, record, refusal, new Letter.Source(kind, -1, -1, time));
            return;
        }
        context.forward(new Record<>(key, bytes, time), sink);
    }

    /** Sends the record just read to {@code late} or {@code dead-letters} as it came. */
    void refuse(String sink, Record<@Nullable String, byte[]> record, Refusal refusal) {
        RecordMetadata at = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record is refused only while it is processed"));
        refuse(sink, record, refusal, new Letter.Source(at.topic(), at.partition(), at.offset(), record.timestamp()));
    }

    private void refuse(String sink, Record<@Nullable String, byte[]> record, Refusal refusal, Letter.Source source) {
        String key = record.key();
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        Letter letter = Letter.of("signals", refusal, source, keyBytes, record.value(), record.headers());
        byte[] kept = letter.key();
        context.forward(
                new Record<@Nullable String, byte @Nullable []>(
                        kept == null ? null : new String(kept, StandardCharsets.UTF_8),
                        letter.value(),
                        Math.max(0, record.timestamp()),
                        letter.headers()),
                Sinks.of(processor, sink));
    }
}
