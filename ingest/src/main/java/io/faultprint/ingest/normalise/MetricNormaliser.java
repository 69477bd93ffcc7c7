package io.faultprint.ingest.normalise;

import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.Temporality;
import io.faultprint.topic.Topics;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Metric points of every kind to metric events. */
final class MetricNormaliser {

    /** DataPointFlags: the sender says that there is no value here, which is not a value of zero. */
    private static final int NO_RECORDED_VALUE = 1;

    private final Attributes attributes;

    MetricNormaliser(Texts texts, Limits limits) {
        this.attributes = new Attributes(texts, limits);
    }

    void normalise(ExportMetricsServiceRequest request, Source source, Consumer<Outcome> sink) {
        int index = 0;
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            Origin origin = Origin.of(resource.getResource());
            String key = origin.key();
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    index = points(new Place(resource, scope, metric, origin, key, source, sink), index);
                }
            }
        }
    }

    /** One metric and where it stands. */
    private record Place(
            ResourceMetrics resource,
            ScopeMetrics scope,
            Metric metric,
            Origin origin,
            String key,
            Source source,
            Consumer<Outcome> sink) {

        void reject(Refusal refusal, int index, Metric alone) {
            byte[] original = ExportMetricsServiceRequest.newBuilder()
                    .addResourceMetrics(ResourceMetrics.newBuilder()
                            .setResource(Surroundings.of(resource.getResource()))
                            .addScopeMetrics(ScopeMetrics.newBuilder()
                                    .setScope(Surroundings.of(scope.getScope()))
                                    .addMetrics(alone)))
                    .build()
                    .toByteArray();
            sink.accept(new Outcome.Rejected(refusal.reason(), refusal.message(), original, key, index));
        }
    }

    /** What the kinds of points have in common. */
    private record Point(
            MetricKind kind,
            Temporality temporality,
            long startNanos,
            long nanos,
            int flags,
            List<KeyValue> attributes) {}

    private interface Value {
        Object read() throws Refusal;
    }

    /** Every point of one metric; the index after the last. */
    private int points(Place place, int first) {
        Metric metric = place.metric();
        int index = first;
        switch (metric.getDataCase()) {
            case GAUGE -> {
                for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
                    number(place, point, MetricKind.GAUGE, Temporality.UNSPECIFIED, index++);
                }
            }
            case SUM -> {
                MetricKind kind = metric.getSum().getIsMonotonic() ? MetricKind.COUNTER : MetricKind.UP_DOWN_COUNTER;
                Temporality temporality = temporality(metric.getSum().getAggregationTemporalityValue());
                for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
                    number(place, point, kind, temporality, index++);
                }
            }
            case HISTOGRAM -> {
                Temporality temporality = temporality(metric.getHistogram().getAggregationTemporalityValue());
                for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                    Point common = new Point(
                            MetricKind.HISTOGRAM,
                            temporality,
                            point.getStartTimeUnixNano(),
                            point.getTimeUnixNano(),
                            point.getFlags(),
                            point.getAttributesList());
                    point(place, common, () -> Distributions.explicit(point), index++, () -> alone(metric, point));
                }
            }
            case EXPONENTIAL_HISTOGRAM -> {
                Temporality temporality =
                        temporality(metric.getExponentialHistogram().getAggregationTemporalityValue());
                for (ExponentialHistogramDataPoint point :
                        metric.getExponentialHistogram().getDataPointsList()) {
                    Point common = new Point(
                            MetricKind.HISTOGRAM,
                            temporality,
                            point.getStartTimeUnixNano(),
                            point.getTimeUnixNano(),
                            point.getFlags(),
                            point.getAttributesList());
                    point(place, common, () -> Distributions.exponential(point), index++, () -> alone(metric, point));
                }
            }
            case SUMMARY -> {
                for (SummaryDataPoint point : metric.getSummary().getDataPointsList()) {
                    Point common = new Point(
                            MetricKind.SUMMARY,
                            Temporality.CUMULATIVE,
                            point.getStartTimeUnixNano(),
                            point.getTimeUnixNano(),
                            point.getFlags(),
                            point.getAttributesList());
                    point(place, common, () -> Distributions.summary(point), index++, () -> alone(metric, point));
                }
            }
            default -> {
                Refusal refusal = place.origin().refusal();
                Refusal none =
                        new Refusal(Cause.NO_VALUE, "metric '" + metric.getName() + "' has no data of a known kind");
                place.reject(refusal == null ? none : refusal, index++, metric);
            }
        }
        return index;
    }

    private void number(Place place, NumberDataPoint point, MetricKind kind, Temporality temporality, int index) {
        Point common = new Point(
                kind,
                temporality,
                kind == MetricKind.GAUGE ? 0 : point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                point.getFlags(),
                point.getAttributesList());
        point(place, common, () -> Distributions.number(point), index, () -> alone(place.metric(), point));
    }

    private void point(Place place, Point point, Value value, int index, java.util.function.Supplier<Metric> alone) {
        try {
            check(place);
            if ((point.flags() & NO_RECORDED_VALUE) != 0) {
                place.sink().accept(new Outcome.Dropped("no-recorded-value"));
                return;
            }
            EventTimes.Timed time = EventTimes.ofPoint(point.nanos(), place.source());
            MetricEvent event = new MetricEvent(
                    place.origin().envelope(time, place.source(), index),
                    place.metric().getName(),
                    Texts.cut(place.metric().getUnit(), Limits.NAME).text(),
                    point.kind(),
                    point.temporality(),
                    EventTimes.startOf(point.startNanos()),
                    attributes.ofSeries(point.attributes()),
                    value.read());
            place.sink().accept(new Outcome.Parsed(Topics.METRICS, place.key(), event));
        } catch (Refusal refusal) {
            place.reject(refusal, index, alone.get());
        }
    }

    private static void check(Place place) throws Refusal {
        @Nullable Refusal refusal = place.origin().refusal();
        if (refusal != null) {
            throw refusal;
        }
        String name = place.metric().getName();
        if (name.isBlank()) {
            throw new Refusal(Cause.NO_NAME, "a metric without a name");
        }
        if (name.length() > Limits.NAME) {
            throw new Refusal(Cause.NAME_TOO_LONG, "a metric's name has at most " + Limits.NAME + " characters");
        }
    }

    private static Temporality temporality(int number) {
        return switch (number) {
            case 1 -> Temporality.DELTA;
            case 2 -> Temporality.CUMULATIVE;
            default -> Temporality.UNSPECIFIED;
        };
    }

    private static Metric alone(Metric metric, NumberDataPoint point) {
        Metric.Builder alone = Surroundings.of(metric);
        if (metric.hasGauge()) {
            alone.getGaugeBuilder().addDataPoints(point);
        } else {
            alone.getSumBuilder()
                    .setAggregationTemporalityValue(metric.getSum().getAggregationTemporalityValue())
                    .setIsMonotonic(metric.getSum().getIsMonotonic())
                    .addDataPoints(point);
        }
        return alone.build();
    }

    private static Metric alone(Metric metric, HistogramDataPoint point) {
        Metric.Builder alone = Surroundings.of(metric);
        alone.getHistogramBuilder()
                .setAggregationTemporalityValue(metric.getHistogram().getAggregationTemporalityValue())
                .addDataPoints(point);
        return alone.build();
    }

    private static Metric alone(Metric metric, ExponentialHistogramDataPoint point) {
        Metric.Builder alone = Surroundings.of(metric);
        alone.getExponentialHistogramBuilder()
                .setAggregationTemporalityValue(metric.getExponentialHistogram().getAggregationTemporalityValue())
                .addDataPoints(point);
        return alone.build();
    }

    private static Metric alone(Metric metric, SummaryDataPoint point) {
        Metric.Builder alone = Surroundings.of(metric);
        alone.getSummaryBuilder().addDataPoints(point);
        return alone.build();
    }
}
