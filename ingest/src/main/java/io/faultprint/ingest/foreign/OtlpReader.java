package io.faultprint.ingest.foreign;

import com.google.protobuf.Message;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * OTLP requests as the OpenTelemetry Collector's Kafka exporter writes them (encodings {@code otlp_proto} and
 * {@code otlp_json}). A binary request does not say of which signal it is; the topic does.
 */
final class OtlpReader implements Reader {

    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    /** As many as the HTTP door takes by default. */
    private static final int MOST_PARTS = 500_000;

    private interface Decoder {
        Decoded read(Signal signal, byte[] bytes, Parts parts);
    }

    private final Signal signal;
    private final Decoder decoder;
    private final TopicSettings topic;

    private OtlpReader(Signal signal, Decoder decoder, TopicSettings topic) {
        this.signal = signal;
        this.decoder = decoder;
        this.topic = topic;
    }

    static Reader protobuf(Signal signal, TopicSettings topic) {
        return new OtlpReader(signal, OtlpProtobuf::read, topic);
    }

    static Reader json(Signal signal, TopicSettings topic) {
        return new OtlpReader(signal, OtlpJson::read, topic);
    }

    @Override
    public Decoded read(ForeignRecord record) {
        Decoded decoded = decoder.read(signal, record.value(), Parts.upTo(MOST_PARTS));
        String key = topic.serviceFrom().isEmpty() || record.key() == null ? "" : record.key();
        String service = key.isBlank() ? topic.service() : key;
        boolean names = !service.isEmpty() || !topic.environment().isEmpty();
        return names && decoded instanceof Decoded.Request request
                ? new Decoded.Request(named(request.message(), service), request.spoiled())
                : decoded;
    }

    /** The request with a service and an environment where a resource has none. */
    private Message named(Message request, String service) {
        if (request instanceof ExportLogsServiceRequest logs) {
            ExportLogsServiceRequest.Builder named = logs.toBuilder();
            named.getResourceLogsBuilderList().forEach(group -> group.setResource(named(group.getResource(), service)));
            return named.build();
        } else if (request instanceof ExportMetricsServiceRequest metrics) {
            ExportMetricsServiceRequest.Builder named = metrics.toBuilder();
            named.getResourceMetricsBuilderList()
                    .forEach(group -> group.setResource(named(group.getResource(), service)));
            return named.build();
        }
        ExportTraceServiceRequest.Builder named = ((ExportTraceServiceRequest) request).toBuilder();
        named.getResourceSpansBuilderList().forEach(group -> group.setResource(named(group.getResource(), service)));
        return named.build();
    }

    private Resource named(Resource resource, String service) {
        boolean noService = !service.isEmpty() && !has(resource, Names.SERVICE);
        boolean noEnvironment = !topic.environment().isEmpty()
                && !has(resource, Names.ENVIRONMENT)
                && !has(resource, Names.OLDER_ENVIRONMENT);
        if (!noService && !noEnvironment) {
            return resource;
        }
        Resource.Builder named = resource.toBuilder();
        if (noService) {
            named.addAttributes(Names.attribute(Names.SERVICE, service));
        }
        if (noEnvironment) {
            named.addAttributes(Names.attribute(Names.ENVIRONMENT, topic.environment()));
        }
        return named.build();
    }

    private static boolean has(Resource resource, String name) {
        return resource.getAttributesList().stream()
                .anyMatch(attribute -> attribute.getKey().equals(name)
                        && !attribute.getValue().getStringValue().isBlank());
    }
}
