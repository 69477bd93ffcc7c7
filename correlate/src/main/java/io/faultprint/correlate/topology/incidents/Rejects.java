package io.faultprint.correlate.topology.incidents;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends records that cannot be used to where they can be looked at: original key and bytes, cause and coordinates. */
final class Rejects {

    private static final String STAGE = "incidents";

    private final ProcessorContext<byte[], byte[]> context;

    Rejects(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    void deadLetter(Record<byte[], byte[]> record, String cause, String message) {
        send(record, cause, message, IncidentsTopology.DEAD_LETTERS);
    }

    void late(Record<byte[], byte[]> record, String message) {
        send(record, "LateDigest", message, IncidentsTopology.LATE);
    }

    private void send(Record<byte[], byte[]> record, String cause, String message, String sink) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, "faultprint.stage", STAGE);
        add(headers, "faultprint.cause", cause);
        add(headers, "faultprint.message", message);
        context.recordMetadata().ifPresent(at -> {
            add(headers, "faultprint.topic", at.topic());
            add(headers, "faultprint.partition", Integer.toString(at.partition()));
            add(headers, "faultprint.offset", Long.toString(at.offset()));
        });
        add(headers, "faultprint.time", Long.toString(record.timestamp()));
        context.forward(record.withHeaders(headers), sink);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
