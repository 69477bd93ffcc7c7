package io.faultprint.benchmarks.measure;

import java.util.List;
import java.util.Locale;

/** What a comparison comes to: a ratio, or none where the rounds do not agree. */
public sealed interface Verdict {

    /** Ratios further apart than this part of their median say nothing. */
    double MOST_SPREAD = 0.15;

    /** Fewer rounds cannot show how far apart they are. */
    int LEAST_ROUNDS = 3;

    /** The rounds agree. */
    record Ratio(double median) implements Verdict {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "verdict: %.2f", median);
        }
    }

    /** They do not, or there are too few. */
    record None(String why) implements Verdict {
        @Override
        public String words() {
            return "no verdict: " + why;
        }
    }

    /** For people, as in {@code verdict: 1.52} or {@code no verdict: spread 38 %}. */
    String words();

    /** Of the ratio of each pair of rounds. */
    static Verdict of(List<Double> ratios) {
        if (ratios.size() < LEAST_ROUNDS) {
            return new None("fewer than " + LEAST_ROUNDS + " rounds");
        }
        Spread spread = Spread.of(ratios);
        return spread.relative() > MOST_SPREAD
                ? new None(String.format(Locale.ROOT, "spread %.0f %%", spread.relative() * 100))
                : new Ratio(spread.median());
    }
}
