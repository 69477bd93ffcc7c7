package io.faultprint.evaluate.score;

import io.faultprint.evaluate.core.Window;
import io.faultprint.evaluate.truth.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What simple rules would have answered to "where did it start", from the same windows. They are told that there is a
 * fault and when, which nobody tells Faultprint; a fault that it did not find counts against it and not against them.
 */
public final class Ranks {

    private static final long BEFORE_MILLIS = 30_000;
    private static final long CHANGE_MILLIS = 900_000;

    /** A rule. */
    public enum Rule {
        /** Most error lines and failed spans. */
        MOST_ERRORS("highest error count"),
        /** The strongest single surprise. */
        STRONGEST("highest z-score"),
        /** The surprise of an abnormal window that began first. */
        EARLIEST("earliest surprise"),
        /** The latest change before or in it. */
        LATEST_CHANGE("most recent change");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    private final List<Window> windows;
    private final double strength;

    /**
     * Over the windows of a whole run.
     *
     * @param strength from which a window is abnormal; a weaker one says nothing of when trouble began
     */
    public Ranks(List<Window> windows, double strength) {
        this.strength = strength;
        this.windows = List.copyOf(windows);
    }

    /** The place that a rule gives the fault's service, from 1; {@link History#NOWHERE} when it does not name it. */
    public int rank(Rule rule, Fault fault, long untilMillis) {
        Map<String, Double> scores = new HashMap<>();
        long from = fault.time() - (rule == Rule.LATEST_CHANGE ? CHANGE_MILLIS : BEFORE_MILLIS);
        for (Window window : windows) {
            if (window.start() >= from && window.end() <= untilMillis) {
                score(rule, scores, window);
            }
        }
        Double own = scores.get(fault.service());
        if (own == null) {
            return History.NOWHERE;
        }
        // Of equals half are taken to stand before it.
        List<Double> others = new ArrayList<>(scores.values());
        long better = others.stream().filter(score -> score > own).count();
        long equal = others.stream().filter(own::equals).count() - 1;
        return (int) (1 + better + (equal + 1) / 2);
    }

    private void score(Rule rule, Map<String, Double> scores, Window window) {
        String service = window.service();
        switch (rule) {
            case MOST_ERRORS -> {
                if (window.errors() > 0) {
                    scores.merge(service, (double) window.errors(), Double::sum);
                }
            }
            case STRONGEST -> window.surprises().forEach(each -> scores.merge(service, each.score(), Math::max));
            case EARLIEST -> {
                if (window.strength() >= strength) {
                    window.surprises().forEach(each -> scores.merge(service, (double) -each.onset(), Math::max));
                }
            }
            case LATEST_CHANGE ->
                window.changes().forEach(change -> scores.merge(service, (double) change.time(), Math::max));
        }
    }
}
