package io.faultprint.ingest.normalise;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * Exponential buckets as explicit ones. Bucket i of scale s holds (base^i, base^(i+1)] with base = 2^(2^-s); where
 * there are more than {@link Limits#BUCKETS} of them, neighbours are merged in pairs, which is what a scale of s - 1
 * would have counted (OpenTelemetry metrics data model, "Exponential histogram: merging and downscaling"). Nothing is
 * estimated: every count stays whole.
 *
 * @param bounds upper bounds, ascending
 * @param counts one more than bounds
 */
record ExponentialBuckets(List<Double> bounds, List<Long> counts) {

    private static final int COARSEST = -11;
    private static final int FINEST = 40;

    /** What the zero bucket and the open ends need beside positive and negative buckets. */
    private static final int EXTRA = 3;

    static ExponentialBuckets of(ExponentialHistogramDataPoint point) throws Refusal {
        int scale = point.getScale();
        if (scale < COARSEST || scale > FINEST) {
            throw new Refusal(Cause.BAD_DISTRIBUTION, "scale " + scale + " is not between -11 and 40");
        }
        Side positive = Side.of(point.getPositive());
        Side negative = Side.of(point.getNegative());
        int shift = 0;
        while (positive.size(shift) + negative.size(shift) + EXTRA > Limits.BUCKETS) {
            shift++;
        }
        return assemble(positive, negative, point, scale - shift, shift);
    }

    /** The buckets between the first and the last that are not empty. */
    private record Side(Buckets buckets, long low, long high) {

        static Side of(Buckets buckets) throws Refusal {
            int first = -1;
            int last = -1;
            for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
                if (Distributions.count(buckets.getBucketCounts(i)) > 0) {
                    first = first < 0 ? i : first;
                    last = i;
                }
            }
            long offset = buckets.getOffset();
            return first < 0 ? new Side(buckets, 0, -1) : new Side(buckets, offset + first, offset + last);
        }

        boolean isEmpty() {
            return high < low;
        }

        long size(int shift) {
            return isEmpty() ? 0 : (high >> shift) - (low >> shift) + 1;
        }

        /** Counts from the bucket nearest to zero outwards, merged by the shift. */
        long[] merged(int shift) throws Refusal {
            long[] merged = new long[(int) size(shift)];
            for (long i = low; i <= high; i++) {
                int at = (int) ((i >> shift) - (low >> shift));
                merged[at] = Distributions.count(merged[at] + buckets.getBucketCounts((int) (i - buckets.getOffset())));
            }
            return merged;
        }
    }

    private static ExponentialBuckets assemble(
            Side positive, Side negative, ExponentialHistogramDataPoint point, int scale, int shift) throws Refusal {
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        if (!negative.isEmpty()) {
            long[] merged = negative.merged(shift);
            long low = negative.low() >> shift;
            bounds.add(-bound(low + merged.length, scale));
            counts.add(0L);
            for (int i = merged.length - 1; i >= 0; i--) {
                bounds.add(-bound(low + i, scale));
                counts.add(merged[i]);
            }
        }
        counts.add(point.getZeroCount());
        if (positive.isEmpty()) {
            bounds.add(point.getZeroThreshold());
        } else {
            long[] merged = positive.merged(shift);
            long low = positive.low() >> shift;
            bounds.add(bound(low, scale));
            for (int i = 0; i < merged.length; i++) {
                bounds.add(bound(low + i + 1, scale));
                counts.add(merged[i]);
            }
        }
        counts.add(0L);
        ascending(bounds);
        return new ExponentialBuckets(List.copyOf(bounds), List.copyOf(counts));
    }

    /** base^index; the last one below infinity for the bucket that ends there. StrictMath: the same on every machine. */
    private static double bound(long index, int scale) {
        double value = StrictMath.pow(2, index * StrictMath.scalb(1.0, -scale));
        return Double.isInfinite(value) ? Double.MAX_VALUE : value;
    }

    private static void ascending(List<Double> bounds) throws Refusal {
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i) <= bounds.get(i - 1)) {
                throw new Refusal(
                        Cause.BAD_DISTRIBUTION, "bucket indices lie beyond what a double can hold: " + bounds.get(i));
            }
        }
    }
}
