package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Signal;
import java.util.Locale;

/** What the records of a foreign topic are; which fields go where is in {@code ingest/FOREIGN.md}. */
public enum Format {
    OTLP_LOGS_PROTOBUF(OtlpReader.PROTOBUF, true),
    OTLP_LOGS_JSON(OtlpReader.JSON, true),
    OTLP_METRICS_PROTOBUF(OtlpReader.PROTOBUF, true),
    OTLP_METRICS_JSON(OtlpReader.JSON, true),
    OTLP_SPANS_PROTOBUF(OtlpReader.PROTOBUF, true),
    OTLP_SPANS_JSON(OtlpReader.JSON, true),
    FLUENT_BIT(OtlpReader.JSON, true),
    ECS(OtlpReader.JSON, true),
    VECTOR(OtlpReader.JSON, true),
    COLLECTD(OtlpReader.JSON, false),
    SYSLOG("text/plain", true),
    TEXT("text/plain", false);

    private final String contentType;
    private final boolean namesServices;

    Format(String contentType, boolean namesServices) {
        this.contentType = contentType;
        this.namesServices = namesServices;
    }

    /** Reads the records of a topic that is set up so. Safe for many threads. */
    public static Reader reader(TopicSettings topic) {
        return switch (topic.format()) {
            case OTLP_LOGS_PROTOBUF -> OtlpReader.protobuf(Signal.LOGS, topic);
            case OTLP_LOGS_JSON -> OtlpReader.json(Signal.LOGS, topic);
            case OTLP_METRICS_PROTOBUF -> OtlpReader.protobuf(Signal.METRICS, topic);
            case OTLP_METRICS_JSON -> OtlpReader.json(Signal.METRICS, topic);
            case OTLP_SPANS_PROTOBUF -> OtlpReader.protobuf(Signal.TRACES, topic);
            case OTLP_SPANS_JSON -> OtlpReader.json(Signal.TRACES, topic);
            case FLUENT_BIT -> new JsonLogReader(FluentBit.LAYOUT, topic);
            case ECS -> new JsonLogReader(Ecs.LAYOUT, topic);
            case VECTOR -> new JsonLogReader(Vector.LAYOUT, topic);
            case COLLECTD -> new CollectdReader(topic);
            case SYSLOG -> new SyslogReader(topic);
            case TEXT -> new TextReader(topic);
        };
    }

    /** What a record's bytes are. */
    public String contentType() {
        return contentType;
    }

    /** Whether a record can say by itself which service it is of. */
    public boolean namesServices() {
        return namesServices;
    }

    /** Whether a record is one JSON document with a field for everything, so that a field can name the service. */
    public boolean hasFields() {
        return this == FLUENT_BIT || this == ECS || this == VECTOR || this == COLLECTD;
    }

    /** Whether a record is an OTLP request, which can hold many events. */
    public boolean otlp() {
        return name().startsWith("OTLP");
    }

    /** As it is written in a configuration: {@code otlp-logs-protobuf}. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
