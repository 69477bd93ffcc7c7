package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.text.JoinLimits;
import io.faultprint.ingest.text.Line;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plain text: a record is one line or several, read as those of a log file are, so that a stack trace is one event with the line
 * before it. A time that names no zone is UTC; an event that shows no time has the record's.
 */
final class TextReader implements Reader {

    private static final long NANOS = 1_000_000;

    private final TopicSettings topic;

    TextReader(TopicSettings topic) {
        this.topic = topic;
    }

    @Override
    public Decoded read(ForeignRecord record) {
        String text = Utf8.line(record.value());
        if (text.isBlank()) {
            return new Decoded.Undecodable("an empty record: no text is in it");
        }
        long received = Math.max(record.time(), 0);
        List<LogRecord> logs = new ArrayList<>();
        entries(
                text,
                received,
                read -> logs.add(read.record().toBuilder()
                        .setObservedTimeUnixNano(received * NANOS)
                        .build()));
        boolean byKey = !topic.serviceFrom().isEmpty()
                && record.key() != null
                && !record.key().isBlank();
        return new Decoded.Request(
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder()
                                .setResource(Names.resource(
                                        byKey ? record.key() : topic.service(), topic.environment(), null, null))
                                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(logs)))
                        .build(),
                List.of());
    }

    private static void entries(String text, long received, Consumer<io.faultprint.ingest.text.TextReader.Read> sink) {
        var lines = new io.faultprint.ingest.text.TextReader(ZoneOffset.UTC, JoinLimits.DEFAULT, sink);
        long[] number = {0};
        text.lines().forEach(line -> lines.add(new Line(line, number[0]++, 0, 0, received)));
        lines.flush();
    }

    /** The lines of each event, byte by byte as they stand there: up to where the next event begins. */
    @Override
    public Originals originals(ForeignRecord record) {
        byte[] value = record.value();
        List<Integer> lines = starts(value);
        List<Integer> events = new ArrayList<>();
        entries(
                Utf8.line(value),
                Math.max(record.time(), 0),
                read -> events.add(lines.get((int) read.first().number())));
        return (index, request) -> Arrays.copyOfRange(
                value,
                index == 0 ? 0 : events.get(index),
                index + 1 < events.size() ? events.get(index + 1) : value.length);
    }

    /** Where lines begin, as {@link String#lines} has them. */
    private static List<Integer> starts(byte[] text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length; i++) {
            boolean pair = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
            if (text[i] == '\n' || (text[i] == '\r' && !pair)) {
                starts.add(i + 1);
            }
        }
        return starts;
    }
}
