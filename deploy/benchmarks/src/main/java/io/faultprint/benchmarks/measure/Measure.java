package io.faultprint.benchmarks.measure;

import java.util.List;

/**
 * One figure.
 *
 * @param name what it is of
 * @param unit such as events/s, s or bytes
 * @param values one for each round, in their order; a single one where rounds would all give the same
 */
public record Measure(String name, String unit, List<Double> values) {

    public Measure {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + ": has no value");
        }
    }

    /** A figure that no round would change. */
    public static Measure of(String name, String unit, double value) {
        return new Measure(name, unit, List.of(value));
    }

    /** How its values lie. */
    public Spread spread() {
        return Spread.of(values);
    }
}
