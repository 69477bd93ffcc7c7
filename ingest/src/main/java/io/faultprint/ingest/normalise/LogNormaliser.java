package io.faultprint.ingest.normalise;

import com.google.protobuf.ByteString;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.topic.Topics;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Log records to log events. */
final class LogNormaliser {

    private final Texts texts;
    private final Attributes attributes;
    private final Limits limits;

    LogNormaliser(Texts texts, Limits limits) {
        this.texts = texts;
        this.attributes = new Attributes(texts, limits);
        this.limits = limits;
    }

    void normalise(ExportLogsServiceRequest request, Source source, Consumer<Outcome> sink) {
        int index = 0;
        for (ResourceLogs resource : request.getResourceLogsList()) {
            Origin origin = Origin.of(resource.getResource());
            String key = origin.key();
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                for (LogRecord log : scope.getLogRecordsList()) {
                    Refusal refusal = origin.refusal();
                    sink.accept(
                            refusal == null
                                    ? new Outcome.Parsed(Topics.LOGS, key, event(log, origin, source, index))
                                    : new Outcome.Rejected(
                                            refusal.reason(),
                                            refusal.message(),
                                            alone(resource, scope, log),
                                            key,
                                            index));
                    index++;
                }
            }
        }
    }

    /** One record, whose position its door knows. */
    Outcome normalise(Resource resource, LogRecord log, Source source, int index) {
        Origin origin = Origin.of(resource);
        Refusal refusal = origin.refusal();
        if (refusal == null) {
            return new Outcome.Parsed(Topics.LOGS, origin.key(), event(log, origin, source, index));
        }
        byte[] alone =
                alone(ResourceLogs.newBuilder().setResource(resource).build(), ScopeLogs.getDefaultInstance(), log);
        return new Outcome.Rejected(refusal.reason(), refusal.message(), alone, origin.key(), index);
    }

    private LogEvent event(LogRecord log, Origin origin, Source source, int index) {
        EventTimes.Timed time = EventTimes.ofLog(log.getTimeUnixNano(), log.getObservedTimeUnixNano(), source);
        String whole = AnyText.of(log.getBody());
        Texts.Cut body = texts.bounded(whole, limits.bodyBytes());
        String severityText = Texts.cut(log.getSeverityText(), 64).text();
        int severity = log.getSeverityNumberValue();
        SeverityFrom from = SeverityFrom.RECORD;
        if (severity < 1 || severity > 24) {
            severity = Severity.ofWord(severityText);
        }
        if (severity == 0) {
            severity = Severity.inText(whole);
            from = severity == 0 ? SeverityFrom.NONE : SeverityFrom.TEXT;
        }
        Attributes.Kept kept = attributes.of(log.getAttributesList());
        ExceptionFields exception = ExceptionFields.of(log.getAttributesList(), texts, limits);
        return new LogEvent(
                origin.envelope(time, source, index),
                severity,
                severityText,
                from,
                body.text(),
                body.bytes(),
                kept.map(),
                kept.cut(),
                id(log.getTraceId(), 16),
                id(log.getSpanId(), 8),
                exception.type(),
                exception.message(),
                exception.stacktrace());
    }

    /** An id in hex; null when it is not of the right length or all zero. */
    static @Nullable String id(ByteString bytes, int length) {
        if (bytes.size() != length) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.byteAt(i) != 0) {
                return HexFormat.of().formatHex(bytes.toByteArray());
            }
        }
        return null;
    }

    private static byte[] alone(ResourceLogs resource, ScopeLogs scope, LogRecord log) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Surroundings.of(resource.getResource()))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(Surroundings.of(scope.getScope()))
                                .addLogRecords(log)))
                .build()
                .toByteArray();
    }
}
