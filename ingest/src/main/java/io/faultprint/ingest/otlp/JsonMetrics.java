package io.faultprint.ingest.otlp;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Metrics of every kind. */
final class JsonMetrics {

    private final JsonReader json;
    private final JsonCommon common;

    JsonMetrics(JsonReader json, JsonCommon common) {
        this.json = json;
        this.common = common;
    }

    Metric metric() throws IOException {
        Metric.Builder metric = Metric.newBuilder();
        json.object(name -> {
            switch (name) {
                case "name" -> metric.setName(json.string());
                case "description" -> metric.setDescription(json.string());
                case "unit" -> metric.setUnit(json.string());
                case "gauge" -> metric.setGauge(gauge());
                case "sum" -> metric.setSum(sum());
                case "histogram" -> metric.setHistogram(histogram());
                case "exponentialHistogram" -> metric.setExponentialHistogram(exponential());
                case "summary" -> metric.setSummary(summary());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return metric.build();
    }

    private Gauge gauge() throws IOException {
        Gauge.Builder gauge = Gauge.newBuilder();
        json.object(name -> points(name, () -> gauge.addDataPoints(number())));
        return gauge.build();
    }

    private Sum sum() throws IOException {
        Sum.Builder sum = Sum.newBuilder();
        json.object(name -> {
            switch (name) {
                case "aggregationTemporality" -> sum.setAggregationTemporalityValue(temporality());
                case "isMonotonic" -> sum.setIsMonotonic(json.bool());
                default -> {
                    return points(name, () -> sum.addDataPoints(number()));
                }
            }
            return true;
        });
        return sum.build();
    }

    private Histogram histogram() throws IOException {
        Histogram.Builder histogram = Histogram.newBuilder();
        json.object(name -> {
            if (name.equals("aggregationTemporality")) {
                histogram.setAggregationTemporalityValue(temporality());
                return true;
            }
            return points(name, () -> histogram.addDataPoints(histogramPoint()));
        });
        return histogram.build();
    }

    private ExponentialHistogram exponential() throws IOException {
        ExponentialHistogram.Builder histogram = ExponentialHistogram.newBuilder();
        json.object(name -> {
            if (name.equals("aggregationTemporality")) {
                histogram.setAggregationTemporalityValue(temporality());
                return true;
            }
            return points(name, () -> histogram.addDataPoints(exponentialPoint()));
        });
        return histogram.build();
    }

    private Summary summary() throws IOException {
        Summary.Builder summary = Summary.newBuilder();
        json.object(name -> points(name, () -> summary.addDataPoints(summaryPoint())));
        return summary.build();
    }

    private boolean points(String name, JsonReader.Item point) throws IOException {
        if (!name.equals("dataPoints")) {
            return false;
        }
        json.array(point);
        return true;
    }

    private NumberDataPoint number() throws IOException {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder();
        json.object(name -> {
            switch (name) {
                case "attributes" -> common.attributes(point::addAttributes);
                case "startTimeUnixNano" -> point.setStartTimeUnixNano(json.int64());
                case "timeUnixNano" -> point.setTimeUnixNano(json.int64());
                case "asDouble" -> point.setAsDouble(json.number());
                case "asInt" -> point.setAsInt(json.int64());
                case "flags" -> point.setFlags(json.bits32());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return point.build();
    }

    private HistogramDataPoint histogramPoint() throws IOException {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder();
        json.object(name -> {
            switch (name) {
                case "attributes" -> common.attributes(point::addAttributes);
                case "startTimeUnixNano" -> point.setStartTimeUnixNano(json.int64());
                case "timeUnixNano" -> point.setTimeUnixNano(json.int64());
                case "count" -> point.setCount(json.int64());
                case "sum" -> point.setSum(json.number());
                case "min" -> point.setMin(json.number());
                case "max" -> point.setMax(json.number());
                case "bucketCounts" -> json.array(() -> point.addBucketCounts(json.int64()));
                case "explicitBounds" -> json.array(() -> point.addExplicitBounds(json.number()));
                case "flags" -> point.setFlags(json.bits32());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return point.build();
    }

    private ExponentialHistogramDataPoint exponentialPoint() throws IOException {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder();
        json.object(name -> {
            switch (name) {
                case "attributes" -> common.attributes(point::addAttributes);
                case "startTimeUnixNano" -> point.setStartTimeUnixNano(json.int64());
                case "timeUnixNano" -> point.setTimeUnixNano(json.int64());
                case "count" -> point.setCount(json.int64());
                case "sum" -> point.setSum(json.number());
                case "min" -> point.setMin(json.number());
                case "max" -> point.setMax(json.number());
                case "scale" -> point.setScale(json.int32());
                case "zeroCount" -> point.setZeroCount(json.int64());
                case "zeroThreshold" -> point.setZeroThreshold(json.number());
                case "positive" -> point.setPositive(buckets());
                case "negative" -> point.setNegative(buckets());
                case "flags" -> point.setFlags(json.bits32());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return point.build();
    }

    private ExponentialHistogramDataPoint.Buckets buckets() throws IOException {
        ExponentialHistogramDataPoint.Buckets.Builder buckets = ExponentialHistogramDataPoint.Buckets.newBuilder();
        json.object(name -> {
            switch (name) {
                case "offset" -> buckets.setOffset(json.int32());
                case "bucketCounts" -> json.array(() -> buckets.addBucketCounts(json.int64()));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return buckets.build();
    }

    private SummaryDataPoint summaryPoint() throws IOException {
        SummaryDataPoint.Builder point = SummaryDataPoint.newBuilder();
        json.object(name -> {
            switch (name) {
                case "attributes" -> common.attributes(point::addAttributes);
                case "startTimeUnixNano" -> point.setStartTimeUnixNano(json.int64());
                case "timeUnixNano" -> point.setTimeUnixNano(json.int64());
                case "count" -> point.setCount(json.int64());
                case "sum" -> point.setSum(json.number());
                case "quantileValues" -> json.array(() -> point.addQuantileValues(quantile()));
                case "flags" -> point.setFlags(json.bits32());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return point.build();
    }

    private SummaryDataPoint.ValueAtQuantile quantile() throws IOException {
        SummaryDataPoint.ValueAtQuantile.Builder quantile = SummaryDataPoint.ValueAtQuantile.newBuilder();
        json.object(name -> {
            switch (name) {
                case "quantile" -> quantile.setQuantile(json.number());
                case "value" -> quantile.setValue(json.number());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return quantile.build();
    }

    private int temporality() throws IOException {
        return json.enumNumber("AGGREGATION_TEMPORALITY_", JsonMetrics::number);
    }

    private static @Nullable Integer number(String name) {
        return JsonRecords.numberOf(AggregationTemporality.getDescriptor().findValueByName(name));
    }
}
