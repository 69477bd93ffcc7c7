package io.faultprint.ingest.normalise;

import io.faultprint.event.Histogram;
import io.faultprint.event.Quantile;
import io.faultprint.event.Summary;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of metric points; each is finite and consistent, or refused. */
final class Distributions {

    private Distributions() {}

    static Double number(NumberDataPoint point) throws Refusal {
        return switch (point.getValueCase()) {
            case AS_DOUBLE -> finite(point.getAsDouble(), "value");
            case AS_INT -> (double) point.getAsInt();
            default -> throw new Refusal(Cause.NO_VALUE, "a point without a value");
        };
    }

    static Histogram explicit(HistogramDataPoint point) throws Refusal {
        List<Double> bounds = point.getExplicitBoundsList();
        List<Long> counts = point.getBucketCountsList();
        if (counts.size() > Limits.BUCKETS) {
            throw new Refusal(
                    Cause.BAD_DISTRIBUTION, counts.size() + " buckets in one histogram; at most " + Limits.BUCKETS);
        }
        if (!counts.isEmpty() && counts.size() != bounds.size() + 1) {
            throw new Refusal(
                    Cause.BAD_DISTRIBUTION, counts.size() + " bucket counts do not fit " + bounds.size() + " bounds");
        }
        for (int i = 0; i < bounds.size(); i++) {
            finite(bounds.get(i), "bound");
            if (i > 0 && bounds.get(i) <= bounds.get(i - 1)) {
                throw new Refusal(Cause.BAD_DISTRIBUTION, "bounds do not ascend at " + bounds.get(i));
            }
        }
        for (long count : counts) {
            count(count);
        }
        return new Histogram(
                count(point.getCount()),
                point.hasSum() ? finite(point.getSum(), "sum") : null,
                point.hasMin() ? finite(point.getMin(), "min") : null,
                point.hasMax() ? finite(point.getMax(), "max") : null,
                // Bounds without counts say nothing.
                counts.isEmpty() ? List.of() : List.copyOf(bounds),
                List.copyOf(counts),
                null);
    }

    static Histogram exponential(ExponentialHistogramDataPoint point) throws Refusal {
        finite(point.getZeroThreshold(), "zero threshold");
        count(point.getZeroCount());
        ExponentialBuckets buckets = ExponentialBuckets.of(point);
        return new Histogram(
                count(point.getCount()),
                point.hasSum() ? finite(point.getSum(), "sum") : null,
                point.hasMin() ? finite(point.getMin(), "min") : null,
                point.hasMax() ? finite(point.getMax(), "max") : null,
                buckets.bounds(),
                buckets.counts(),
                point.getScale());
    }

    static Summary summary(SummaryDataPoint point) throws Refusal {
        if (point.getQuantileValuesCount() > Limits.BUCKETS) {
            throw new Refusal(
                    Cause.BAD_DISTRIBUTION,
                    point.getQuantileValuesCount() + " quantiles in one summary; at most " + Limits.BUCKETS);
        }
        List<Quantile> quantiles = new ArrayList<>();
        for (SummaryDataPoint.ValueAtQuantile value : point.getQuantileValuesList()) {
            double quantile = finite(value.getQuantile(), "quantile");
            if (quantile < 0 || quantile > 1) {
                throw new Refusal(Cause.BAD_DISTRIBUTION, "quantile " + quantile + " is not between 0 and 1");
            }
            quantiles.add(new Quantile(quantile, finite(value.getValue(), "value at quantile " + quantile)));
        }
        quantiles.sort(Comparator.comparingDouble(Quantile::getQuantile));
        return new Summary(count(point.getCount()), finite(point.getSum(), "sum"), quantiles);
    }

    static double finite(double value, @Nullable String what) throws Refusal {
        if (!Double.isFinite(value)) {
            throw new Refusal(Cause.NOT_FINITE, what + " is " + value);
        }
        return value;
    }

    /** A count is an unsigned 64-bit integer on the wire; above 2⁶³ it is damage. */
    static long count(long count) throws Refusal {
        if (count < 0) {
            throw new Refusal(Cause.BAD_DISTRIBUTION, "count " + Long.toUnsignedString(count) + " cannot be");
        }
        return count;
    }
}
