package io.faultprint.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Two things measured in the same rounds.
 *
 * @param name which two, and what of them
 * @param ratios of the first to the second, one for each round: what slows a whole round slows both
 */
public record Comparison(String name, List<Double> ratios) {

    public Comparison {
        ratios = List.copyOf(ratios);
    }

    /** The ratio of each pair. */
    static Comparison of(String name, List<Double> first, List<Double> second) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < first.size(); round++) {
            ratios.add(first.get(round) / second.get(round));
        }
        return new Comparison(name, ratios);
    }

    /** How the ratios lie. */
    public Spread spread() {
        return Spread.of(ratios);
    }

    /** Whether they say anything. */
    public Verdict verdict() {
        return Verdict.of(ratios);
    }
}
