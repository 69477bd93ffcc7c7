package io.faultprint.ingest.foreign;

import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpJsonText;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.function.UnaryOperator;

/**
 * OTLP requests as the OpenTelemetry Collector's Kafka exporter writes them (encodings {@code otlp_proto} and
 * {@code otlp_json}). A binary request does not say of which signal it is; the topic does.
 */
final class OtlpReader implements Reader {

    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    /** As many as the HTTP door takes by default. */
    private static final int MOST_PARTS = 500_000;

    /** On attributes that were added here, a field that OTLP does not have: so they can be told from the sender's. */
    private static final int MARK = 17_000;

    private static final UnknownFieldSet OURS = UnknownFieldSet.newBuilder()
            .addField(MARK, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    private interface Decoder {
        Decoded read(Signal signal, byte[] bytes, Parts parts);
    }

    private interface Encoder {
        byte[] write(Message request);
    }

    private final Signal signal;
    private final Decoder decoder;
    private final Encoder encoder;
    private final TopicSettings topic;

    private OtlpReader(Signal signal, Decoder decoder, Encoder encoder, TopicSettings topic) {
        this.signal = signal;
        this.decoder = decoder;
        this.encoder = encoder;
        this.topic = topic;
    }

    static Reader protobuf(Signal signal, TopicSettings topic) {
        return new OtlpReader(signal, OtlpProtobuf::read, Message::toByteArray, topic);
    }

    static Reader json(Signal signal, TopicSettings topic) {
        return new OtlpReader(signal, OtlpJson::read, OtlpJsonText::of, topic);
    }

    @Override
    public Decoded read(ForeignRecord record) {
        Decoded decoded = decoder.read(signal, record.value(), Parts.upTo(MOST_PARTS));
        String key = topic.serviceFrom().isEmpty() || record.key() == null ? "" : record.key();
        String service = key.isBlank() ? topic.service() : key;
        boolean names = !service.isEmpty() || !topic.environment().isEmpty();
        return names && decoded instanceof Decoded.Request request
                ? new Decoded.Request(each(request.message(), resource -> named(resource, service)), request.spoiled())
                : decoded;
    }

    /** The sender's own: without the names that were added, so that it gets those that hold when it is read again. */
    @Override
    public Originals originals(ForeignRecord record) {
        return (index, request) -> {
            Decoded decoded = OtlpProtobuf.read(signal, request, Parts.upTo(MOST_PARTS));
            Message own = each(((Decoded.Request) decoded).message(), OtlpReader::unnamed);
            return encoder.write(own);
        };
    }

    private static Message each(Message request, UnaryOperator<Resource> change) {
        if (request instanceof ExportLogsServiceRequest logs) {
            ExportLogsServiceRequest.Builder all = logs.toBuilder();
            all.getResourceLogsBuilderList().forEach(group -> group.setResource(change.apply(group.getResource())));
            return all.build();
        } else if (request instanceof ExportMetricsServiceRequest metrics) {
            ExportMetricsServiceRequest.Builder all = metrics.toBuilder();
            all.getResourceMetricsBuilderList().forEach(group -> group.setResource(change.apply(group.getResource())));
            return all.build();
        }
        ExportTraceServiceRequest.Builder all = ((ExportTraceServiceRequest) request).toBuilder();
        all.getResourceSpansBuilderList().forEach(group -> group.setResource(change.apply(group.getResource())));
        return all.build();
    }

    /** With a service and an environment where it has none. */
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
            named.addAttributes(ours(Names.SERVICE, service));
        }
        if (noEnvironment) {
            named.addAttributes(ours(Names.ENVIRONMENT, topic.environment()));
        }
        return named.build();
    }

    private static KeyValue ours(String name, String value) {
        return Names.attribute(name, value).toBuilder().setUnknownFields(OURS).build();
    }

    private static Resource unnamed(Resource resource) {
        Resource.Builder own = resource.toBuilder().clearAttributes();
        resource.getAttributesList().stream()
                .filter(attribute -> !attribute.getUnknownFields().hasField(MARK))
                .forEach(own::addAttributes);
        return own.build();
    }

    private static boolean has(Resource resource, String name) {
        return resource.getAttributesList().stream()
                .anyMatch(attribute -> attribute.getKey().equals(name)
                        && !attribute.getValue().getStringValue().isBlank());
    }
}
