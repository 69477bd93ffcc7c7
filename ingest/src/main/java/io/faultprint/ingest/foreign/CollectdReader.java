package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * collectd's JSON, as its plug-ins write_kafka ({@code Format JSON}) and write_http write it: a list of value lists, each of
 * one or several values with their kinds ({@code dstypes}) and names ({@code dsnames}). A value list that cannot be read
 * costs itself.
 */
final class CollectdReader implements Reader {

    private final TopicSettings topic;

    CollectdReader(TopicSettings topic) {
        this.topic = topic;
    }

    @Override
    public Decoded read(ForeignRecord record) {
        try {
            List<Decoded.Spoiled> spoiled = new ArrayList<>();
            ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
            for (ValueListJson.Item item : ValueListJson.of(record.value())) {
                try {
                    ValueList values = ValueList.of(item);
                    request.addResourceMetrics(ResourceMetrics.newBuilder()
                            .setResource(
                                    Names.resource(service(values, record), topic.environment(), values.host(), null))
                            .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(values.metrics())));
                } catch (JsonFields.Wrong wrong) {
                    spoiled.add(new Decoded.Spoiled(item.alone(record.value()), wrong.getMessage() + ""));
                }
            }
            return new Decoded.Request(request.build(), spoiled);
        } catch (JsonFields.Wrong wrong) {
            return new Decoded.Undecodable(wrong.getMessage() + "");
        }
    }

    @Override
    public Originals originals(ForeignRecord record) {
        List<byte[]> alone = new ArrayList<>();
        try {
            for (ValueListJson.Item item : ValueListJson.of(record.value())) {
                if (taken(item)) {
                    alone.addAll(ValueListJson.each(item, record.value()));
                }
            }
        } catch (JsonFields.Wrong impossible) {
            throw new IllegalStateException("was read before", impossible);
        }
        return (index, request) -> alone.get(index);
    }

    private static boolean taken(ValueListJson.Item item) {
        try {
            return !ValueList.of(item).metrics().isEmpty();
        } catch (JsonFields.Wrong spoiled) {
            return false;
        }
    }

    private String service(ValueList values, ForeignRecord record) {
        for (String field : topic.serviceFrom()) {
            String text = field.equals(TopicSettings.KEY)
                    ? record.key()
                    : values.texts().get(field);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return topic.service();
    }
}
