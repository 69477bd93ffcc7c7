package io.faultprint.correlate.span;

import io.faultprint.snapshot.LatencyBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mergeable histogram of durations with logarithmic buckets: bucket i holds (1.1^(i-1), 1.1^i] microseconds, so a
 * quantile is off by 5 % at most, and the order of additions does not matter.
 */
public final class Latency {

    private static final double LOG_BASE = StrictMath.log(1.1);

    /** About 200 days; longer spans are counted as that. */
    private static final int LAST = 320;

    private final TreeMap<Integer, Long> buckets = new TreeMap<>();

    /** An empty histogram. */
    public Latency() {}

    /** Adds one duration. */
    public void add(long durationNanos) {
        buckets.merge(bucket(durationNanos), 1L, Long::sum);
    }

    /** Adds all of another's buckets. */
    public void add(List<LatencyBucket> others) {
        others.forEach(other -> buckets.merge(other.getIndex(), other.getCount(), Long::sum));
    }

    /** The quantile in milliseconds, as the middle of its bucket; 0 when there is nothing. */
    public double quantileMillis(double quantile) {
        long count = buckets.values().stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(quantile * count);
        long passed = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            passed += bucket.getValue();
            if (passed >= rank) {
                return StrictMath.exp((bucket.getKey() - 0.5) * LOG_BASE) / 1000;
            }
        }
        return 0;
    }

    /** The buckets, ascending. */
    public List<LatencyBucket> rows() {
        List<LatencyBucket> rows = new ArrayList<>(buckets.size());
        buckets.forEach((index, count) -> rows.add(new LatencyBucket(index, count)));
        return rows;
    }

    static int bucket(long durationNanos) {
        if (durationNanos <= 1000) {
            return 0;
        }
        return Math.min(LAST, (int) Math.ceil(StrictMath.log(durationNanos / 1000.0) / LOG_BASE - 1e-9));
    }
}
