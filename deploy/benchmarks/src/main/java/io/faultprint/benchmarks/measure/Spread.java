package io.faultprint.benchmarks.measure;

import java.util.List;

/**
 * How values of several rounds lie.
 *
 * @param median of an even number of values, the middle between the two
 * @param least of them
 * @param most of them
 */
public record Spread(double median, double least, double most) {

    /** Of at least one value. */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values have no spread");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(n - 1));
    }

    /**
     * (most − least) / median: the whole range, because five rounds have no quartiles worth the name. 0 where all are
     * equal, infinite where only the median is 0.
     */
    public double relative() {
        return most == least ? 0 : (most - least) / Math.abs(median);
    }
}
