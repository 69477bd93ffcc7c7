package io.faultprint.ingest.otlp;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Log records and spans. */
final class JsonRecords {

    private final JsonReader json;
    private final JsonCommon common;

    JsonRecords(JsonReader json, JsonCommon common) {
        this.json = json;
        this.common = common;
    }

    LogRecord log() throws IOException {
        LogRecord.Builder log = LogRecord.newBuilder();
        json.object(name -> {
            switch (name) {
                case "timeUnixNano" -> log.setTimeUnixNano(json.int64());
                case "observedTimeUnixNano" -> log.setObservedTimeUnixNano(json.int64());
                case "severityNumber" ->
                    log.setSeverityNumberValue(json.enumNumber("SEVERITY_NUMBER_", JsonRecords::severity));
                case "severityText" -> log.setSeverityText(json.string());
                case "body" -> log.setBody(common.value());
                case "attributes" -> common.attributes(log::addAttributes);
                case "flags" -> log.setFlags(json.bits32());
                case "traceId" -> log.setTraceId(json.hex());
                case "spanId" -> log.setSpanId(json.hex());
                case "eventName" -> log.setEventName(json.string());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return log.build();
    }

    Span span() throws IOException {
        Span.Builder span = Span.newBuilder();
        json.object(name -> {
            switch (name) {
                case "traceId" -> span.setTraceId(json.hex());
                case "spanId" -> span.setSpanId(json.hex());
                case "traceState" -> span.setTraceState(json.string());
                case "parentSpanId" -> span.setParentSpanId(json.hex());
                case "name" -> span.setName(json.string());
                case "kind" -> span.setKindValue(json.enumNumber("SPAN_KIND_", JsonRecords::kind));
                case "startTimeUnixNano" -> span.setStartTimeUnixNano(json.int64());
                case "endTimeUnixNano" -> span.setEndTimeUnixNano(json.int64());
                case "attributes" -> common.attributes(span::addAttributes);
                case "events" -> json.array(() -> span.addEvents(event()));
                case "status" -> span.setStatus(status());
                case "flags" -> span.setFlags(json.bits32());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return span.build();
    }

    private Span.Event event() throws IOException {
        Span.Event.Builder event = Span.Event.newBuilder();
        json.object(name -> {
            switch (name) {
                case "timeUnixNano" -> event.setTimeUnixNano(json.int64());
                case "name" -> event.setName(json.string());
                case "attributes" -> common.attributes(event::addAttributes);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return event.build();
    }

    private Status status() throws IOException {
        Status.Builder status = Status.newBuilder();
        json.object(name -> {
            switch (name) {
                case "message" -> status.setMessage(json.string());
                case "code" -> status.setCodeValue(json.enumNumber("STATUS_CODE_", JsonRecords::code));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return status.build();
    }

    private static @Nullable Integer severity(String name) {
        return numberOf(SeverityNumber.getDescriptor().findValueByName(name));
    }

    private static @Nullable Integer kind(String name) {
        return numberOf(Span.SpanKind.getDescriptor().findValueByName(name));
    }

    private static @Nullable Integer code(String name) {
        return numberOf(Status.StatusCode.getDescriptor().findValueByName(name));
    }

    static @Nullable Integer numberOf(com.google.protobuf.Descriptors.@Nullable EnumValueDescriptor value) {
        return value == null ? null : value.getNumber();
    }
}
