package io.faultprint.benchmarks.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a benchmark found.
 *
 * @param measures figures by themselves
 * @param comparisons figures beside others
 */
public record Result(List<Measure> measures, List<Comparison> comparisons) {

    public Result {
        measures = List.copyOf(measures);
        comparisons = List.copyOf(comparisons);
    }

    /** Figures that stand beside nothing. */
    public static Result of(List<Measure> measures) {
        return new Result(measures, List.of());
    }

    /** This and then the other. */
    public Result and(Result other) {
        return new Result(
                Stream.concat(measures.stream(), other.measures.stream()).toList(),
                Stream.concat(comparisons.stream(), other.comparisons.stream()).toList());
    }
}
