package io.faultprint.evaluate.report;

import io.faultprint.evaluate.score.FaultScore;
import io.faultprint.evaluate.score.IncidentScore;
import io.faultprint.evaluate.score.Interval;
import io.faultprint.evaluate.score.Ranks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What incidents are measured by, over all faults or those of one kind. A fault that was not found is a miss everywhere. */
public final class IncidentFigures {

    private static final double DAY_MILLIS = 86_400_000;

    private IncidentFigures() {}

    /** Over faults alone, in the order of the columns. */
    public static Map<String, Figure> of(List<FaultScore> faults) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("recall", share(faults, FaultScore::found));
        figures.put("recall in 3 min", share(faults, FaultScore::soon));
        figures.put("AS@1 early", share(faults, fault -> fault.early() <= 1));
        figures.put("AS@1", share(faults, fault -> fault.rank() <= 1));
        figures.put("AS@3", share(faults, fault -> fault.rank() <= 3));
        figures.put("AS@5", share(faults, fault -> fault.rank() <= 5));
        for (Ranks.Rule rule : Ranks.Rule.values()) {
            figures.put(
                    rule.words() + " @1", share(faults, fault -> fault.rules().getOrDefault(rule, 0) == 1));
        }
        List<FaultScore> changed =
                faults.stream().filter(fault -> fault.changeNamed().isPresent()).toList();
        figures.put("change named", share(changed, fault -> fault.changeNamed().orElse(false)));
        List<Long> delays = faults.stream()
                .flatMap(fault -> fault.delay().stream())
                .sorted()
                .toList();
        figures.put("median delay, s", Figure.number(median(delays) / 1000, delays.size()));
        List<FaultScore> found = faults.stream().filter(FaultScore::found).toList();
        figures.put(
                "incidents per fault found",
                Figure.number(
                        found.stream().mapToInt(FaultScore::incidents).average().orElse(Double.NaN), found.size()));
        return figures;
    }

    /** Over whole cases: the same, and what belongs to no fault. */
    public static Map<String, Figure> total(List<IncidentScore> cases) {
        Map<String, Figure> figures = of(all(cases));
        double days = cases.stream().mapToLong(IncidentScore::millis).sum() / DAY_MILLIS;
        long others = cases.stream().mapToLong(each -> each.others().size()).sum();
        long novel = cases.stream().mapToLong(IncidentScore::novel).sum();
        figures.put("false incidents", Figure.number(others, cases.size()));
        figures.put("false incidents per day", Figure.number(others / days, cases.size()));
        figures.put("diagnoses to pay for", Figure.number(novel, cases.size()));
        return figures;
    }

    /** By the kind of fault, in alphabetical order. */
    public static Map<String, Map<String, Figure>> kinds(List<IncidentScore> cases) {
        Map<String, Map<String, Figure>> kinds = new TreeMap<>();
        for (FaultScore fault : all(cases)) {
            String type = fault.fault().type();
            if (!kinds.containsKey(type)) {
                kinds.put(
                        type,
                        of(all(cases).stream()
                                .filter(each -> each.fault().type().equals(type))
                                .toList()));
            }
        }
        return kinds;
    }

    private static List<FaultScore> all(List<IncidentScore> cases) {
        return cases.stream().flatMap(each -> each.faults().stream()).toList();
    }

    private static Figure share(List<FaultScore> faults, Predicate<FaultScore> hit) {
        return Figure.share(new Interval(faults.stream().filter(hit).count(), faults.size()));
    }

    private static double median(List<Long> sorted) {
        int n = sorted.size();
        return n == 0 ? Double.NaN : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2.0;
    }
}
