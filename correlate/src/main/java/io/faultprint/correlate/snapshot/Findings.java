package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.baseline.Oddness;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the judges of one window found, and what they want to learn once it is known how odd the window was. */
final class Findings {

    /** Less than this is no surprise: one window in ten looks like that. */
    private static final double LEAST = 1.0;

    private static final int LABEL = 240;

    /** A lesson: told whether the window was remarkable, it learns or abstains. */
    interface Lesson {
        void learn(boolean remarkable);
    }

    private final List<Finding> findings = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();

    /** A surprise in the making: everything but the numbers. */
    record Subject(
            SurpriseKind kind,
            Family family,
            String subject,
            String label,
            String unit,
            long onset,
            int severityNumber,
            String example,
            @Nullable String traceId) {}

    /**
     * Adds a surprise, if it is one.
     *
     * @param tried how many series of the family were judged
     */
    void add(Subject about, Direction direction, Oddness odd, int tried) {
        if (odd.score() < LEAST) {
            return;
        }
        Surprise surprise = new Surprise(
                about.kind(),
                about.subject(),
                cut(about.label()),
                direction,
                odd.observed(),
                odd.expected(),
                odd.low(),
                odd.high(),
                about.unit(),
                rounded(odd.score()),
                about.onset(),
                odd.history(),
                about.severityNumber(),
                cut(about.example()),
                about.traceId());
        double weight = odd.score() - StrictMath.log10(Math.max(1, tried));
        findings.add(new Finding(
                surprise, about.family(), Math.min(weight, about.family().most())));
    }

    void later(Lesson lesson) {
        lessons.add(lesson);
    }

    void learn(boolean remarkable) {
        lessons.forEach(lesson -> lesson.learn(remarkable));
    }

    /** Highest weight first; ties by kind and subject. */
    List<Surprise> surprises() {
        return findings.stream()
                .sorted(Comparator.comparingDouble(Finding::weight)
                        .reversed()
                        .thenComparing(finding -> finding.surprise().getKind())
                        .thenComparing(finding -> finding.surprise().getSubject()))
                .map(Finding::surprise)
                .toList();
    }

    /**
     * How odd the service looks as a whole: the strongest family, and half of what each other one adds beyond 1. Half,
     * because families are not independent: a failing call is an error line, a failed span and a slow one.
     */
    double strength() {
        Map<Family, Double> best = new EnumMap<>(Family.class);
        findings.forEach(finding -> best.merge(finding.family().kin(), finding.weight(), Math::max));
        double strongest =
                best.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double others = best.values().stream()
                        .mapToDouble(weight -> Math.max(0, weight - 1))
                        .sum()
                - Math.max(0, strongest - 1);
        return rounded(Math.max(0, strongest + others / 2));
    }

    private static double rounded(double score) {
        return Math.rint(score * 1000) / 1000;
    }

    private static String cut(String text) {
        return text.length() <= LABEL ? text : text.substring(0, LABEL - 1) + "…";
    }
}
