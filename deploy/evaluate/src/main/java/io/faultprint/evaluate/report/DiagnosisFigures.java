package io.faultprint.evaluate.report;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.evaluate.score.DiagnosisScore;
import io.faultprint.evaluate.score.DiagnosisScore.Sure;
import io.faultprint.evaluate.score.Interval;
import io.faultprint.evaluate.score.ToldFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The figures about diagnoses. A fault that nobody was asked about is a miss in every one of them. */
public final class DiagnosisFigures {

    /** From here on a hypothesis is read as the answer. */
    private static final double SURE = 0.6;

    private static final double[] BINS = {0, .2, .3, .4, .5, .6, .75, 1.01};

    private DiagnosisFigures() {}

    /** Over faults alone, in the order of the columns. */
    public static Map<String, Figure> of(List<ToldFault> faults) {
        List<ToldFault> caused = faults.stream()
                .filter(told -> told.fault().category().isPresent())
                .toList();
        List<ToldFault> changed = faults.stream()
                .filter(told -> told.fault().change().isPresent())
                .toList();
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("found", share(faults, ToldFault::found));
        figures.put(
                "with a hypothesis", share(faults, told -> !told.hypotheses().isEmpty()));
        figures.put("category @1", share(caused, told -> told.category(1)));
        figures.put("category @3", share(caused, told -> told.category(3)));
        figures.put("service @1", share(faults, told -> told.service(1)));
        figures.put("service @3", share(faults, told -> told.service(3)));
        figures.put("both @1", share(caused, ToldFault::right));
        figures.put("change named", share(changed, ToldFault::change));
        return figures;
    }

    /** Over whole cases: the same, how well confidence fits, and what it cost. */
    public static Map<String, Figure> total(List<DiagnosisScore> cases) {
        Map<String, Figure> figures = of(faults(cases));
        List<Diagnosis> all =
                cases.stream().flatMap(each -> each.all().stream()).toList();
        List<Sure> sure = cases.stream().flatMap(DiagnosisScore::sure).toList();
        List<Sure> surest =
                sure.stream().filter(each -> each.confidence() >= SURE).toList();
        figures.put("wrong of those at least .6 sure", share(surest, each -> !each.right()));
        figures.put(
                "Brier score",
                Figure.number(
                        sure.stream()
                                .mapToDouble(DiagnosisFigures::squared)
                                .average()
                                .orElse(Double.NaN),
                        sure.size()));
        figures.put("inconclusive", share(all, diagnosis -> diagnosis.getState() == DiagnosisState.INCONCLUSIVE));
        figures.put(
                "false incidents with a hypothesis",
                share(
                        cases.stream().flatMap(each -> each.others().stream()).toList(),
                        diagnosis -> !diagnosis.getHypotheses().isEmpty()));
        figures.put(
                "claims refused", sum(all, diagnosis -> diagnosis.getRejected().size()));
        figures.put("model calls", sum(all, Diagnosis::getModelCalls));
        figures.put("input tokens", sum(all, Diagnosis::getInputTokens));
        figures.put("output tokens", sum(all, Diagnosis::getOutputTokens));
        return figures;
    }

    /** By the kind of fault, in alphabetical order. */
    public static Map<String, Map<String, Figure>> kinds(List<DiagnosisScore> cases) {
        Map<String, Map<String, Figure>> kinds = new TreeMap<>();
        for (ToldFault told : faults(cases)) {
            kinds.computeIfAbsent(
                    told.fault().type(),
                    type -> of(faults(cases).stream()
                            .filter(each -> each.fault().type().equals(type))
                            .toList()));
        }
        return kinds;
    }

    /** How often first hypotheses were right, by how sure they were. */
    public static Table calibration(List<DiagnosisScore> cases) {
        Table table = new Table("confidence", "n", "mean", "right");
        for (int i = 0; i + 1 < BINS.length; i++) {
            double from = BINS[i];
            double to = BINS[i + 1];
            List<Sure> within = cases.stream()
                    .flatMap(DiagnosisScore::sure)
                    .filter(each -> each.confidence() >= from && each.confidence() < to)
                    .toList();
            double mean =
                    within.stream().mapToDouble(Sure::confidence).average().orElse(Double.NaN);
            table.row(List.of(
                    "from " + Figure.number(from, 0).words() + " to "
                            + Figure.number(Math.min(1, to), 0).words(),
                    Integer.toString(within.size()),
                    Figure.number(mean, within.size()).words(),
                    share(within, Sure::right).words()));
        }
        return table;
    }

    private static double squared(Sure each) {
        double off = each.confidence() - (each.right() ? 1 : 0);
        return off * off;
    }

    private static List<ToldFault> faults(List<DiagnosisScore> cases) {
        return cases.stream().flatMap(each -> each.faults().stream()).toList();
    }

    private static Figure sum(List<Diagnosis> all, ToLongFunction<Diagnosis> what) {
        return Figure.number(all.stream().mapToLong(what).sum(), all.size());
    }

    private static <T> Figure share(List<T> all, Predicate<T> hit) {
        return Figure.share(new Interval(all.stream().filter(hit).count(), all.size()));
    }
}
