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
import java.util.List;

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
        var lines = new io.faultprint.ingest.text.TextReader(
                ZoneOffset.UTC,
                JoinLimits.DEFAULT,
                read -> logs.add(read.record().toBuilder()
                        .setObservedTimeUnixNano(received * NANOS)
                        .build()));
        long[] number = {0};
        text.lines().forEach(line -> lines.add(new Line(line, number[0]++, 0, 0, received)));
        lines.flush();
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
}
