package io.faultprint.correlate.topology.signals;

import io.faultprint.serde.AvroCodec;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends records on to the sinks of a processor; refused ones as their original bytes, with why and whence. */
final class Outbox {

    private final ProcessorContext<@Nullable String, byte[]> context;
    private final AvroCodec codec;
    private final String processor;

    Outbox(ProcessorContext<@Nullable String, byte[]> context, AvroCodec codec, String processor) {
        this.context = context;
        this.codec = codec;
        this.processor = processor;
    }

    /** Sends a record; a null key means every partition of the sink's topic. */
    void send(String sink, @Nullable String key, SpecificRecord value) {
        // Our topics stamp records themselves; Streams only refuses negative times.
        context.forward(new Record<>(key, codec.encode(sink, value), 0L), sink);
    }

    /** Sends the record just read to {@code late} or {@code dead-letters} as it came. */
    void refuse(String sink, Record<@Nullable String, byte[]> record, String cause, String message) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, "stage", "signals");
        add(headers, "cause", cause);
        add(headers, "message", message);
        add(headers, "time", Long.toString(record.timestamp()));
        RecordMetadata source = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record is refused only while it is processed"));
        add(headers, "topic", source.topic());
        add(headers, "partition", Integer.toString(source.partition()));
        add(headers, "offset", Long.toString(source.offset()));
        context.forward(record.withHeaders(headers), Sinks.of(processor, sink));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add("faultprint." + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
