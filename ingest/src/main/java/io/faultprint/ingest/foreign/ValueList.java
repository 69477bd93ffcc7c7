package io.faultprint.ingest.foreign;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value list of collectd as metrics. A metric is called {@code collectd.PLUGIN.TYPE.DSNAME}, without the type where it is
 * the plug-in's name and without the data source where that is "value"; the two instances are attributes.
 */
record ValueList(
        Map<String, String> texts,
        List<@Nullable String> values,
        List<@Nullable String> kinds,
        List<@Nullable String> names,
        long nanos,
        long intervalNanos) {

    static ValueList of(ValueListJson.Item item) throws JsonFields.Wrong {
        List<@Nullable String> values = list(item, "values");
        List<@Nullable String> kinds = list(item, "dstypes");
        List<@Nullable String> names = list(item, "dsnames");
        if (values.size() != kinds.size() || values.size() != names.size()) {
            throw new JsonFields.Wrong(values.size() + " values, " + kinds.size() + " dstypes and " + names.size()
                    + " dsnames: must be as many of each");
        }
        for (String name : List.of("plugin", "type", "host")) {
            if (item.texts().getOrDefault(name, "").isBlank()) {
                throw new JsonFields.Wrong("a value list without " + name);
            }
        }
        long nanos = Times.nanos(item.texts().getOrDefault("time", ""));
        double interval = number(item.texts().getOrDefault("interval", "0"));
        boolean sound = interval > 0 && interval < 1e6;
        return new ValueList(item.texts(), values, kinds, names, nanos, sound ? (long) (interval * 1e9) : 0);
    }

    private static List<@Nullable String> list(ValueListJson.Item item, String name) throws JsonFields.Wrong {
        List<@Nullable String> list = item.lists().get(name);
        if (list == null || list.isEmpty()) {
            throw new JsonFields.Wrong("a value list without " + name);
        }
        return list;
    }

    String host() {
        return texts.getOrDefault("host", "");
    }

    List<Metric> metrics() throws JsonFields.Wrong {
        List<KeyValue> attributes = new ArrayList<>();
        for (String name : List.of("plugin_instance", "type_instance")) {
            String value = texts.getOrDefault(name, "");
            if (!value.isEmpty()) {
                attributes.add(Names.attribute("collectd." + name, value));
            }
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            metrics.add(metric(values.get(i), String.valueOf(kinds.get(i)), String.valueOf(names.get(i)), attributes));
        }
        return metrics;
    }

    private Metric metric(@Nullable String value, String kind, String source, List<KeyValue> attributes)
            throws JsonFields.Wrong {
        NumberDataPoint.Builder point =
                NumberDataPoint.newBuilder().setTimeUnixNano(nanos).addAllAttributes(attributes);
        if (value == null) {
            // collectd's NaN: it has read nothing.
            point.setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE);
        } else {
            double number = number(value);
            if (Double.isNaN(number)) {
                throw new JsonFields.Wrong("value '" + cut(value) + "' is no number");
            }
            point.setAsDouble(number);
        }
        Metric.Builder metric = Metric.newBuilder().setName(name(source));
        switch (kind) {
            case "gauge" -> metric.getGaugeBuilder().addDataPoints(point);
            case "counter", "derive" -> {
                whole(value, kind);
                sum(metric, point, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            }
            case "absolute" -> {
                whole(value, kind);
                point.setStartTimeUnixNano(Math.max(nanos - intervalNanos, 0));
                sum(metric, point, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
            }
            default ->
                throw new JsonFields.Wrong("dstype '" + cut(kind) + "': must be gauge, counter, derive or absolute");
        }
        return metric.build();
    }

    private static void sum(Metric.Builder metric, NumberDataPoint.Builder point, AggregationTemporality temporality) {
        metric.getSumBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(temporality)
                .addDataPoints(point);
    }

    /** Counts are whole numbers; a fraction is a rate, which collectd writes under the same dstype. */
    private static void whole(@Nullable String value, String kind) throws JsonFields.Wrong {
        if (value != null && (value.indexOf('.') >= 0 || value.indexOf('e') >= 0)) {
            throw new JsonFields.Wrong(
                    kind + " " + cut(value) + " is a rate and no count; in write_kafka's Topic, set StoreRates false");
        }
    }

    private String name(String source) {
        String plugin = texts.getOrDefault("plugin", "");
        String type = texts.getOrDefault("type", "");
        return "collectd." + plugin + (type.equals(plugin) ? "" : "." + type)
                + (source.equals("value") ? "" : "." + source);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static String cut(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
