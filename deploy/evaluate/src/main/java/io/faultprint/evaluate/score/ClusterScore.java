package io.faultprint.evaluate.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well failures of one kind were filed together.
 *
 * @param found faults that have a cluster
 * @param clusters different ones
 * @param purity share of the faults that are of the commonest service and type of their cluster
 * @param falseNovelty repeats that were called new
 * @param missedNovelty first ones that were called seen before
 */
public record ClusterScore(int found, int clusters, double purity, Interval falseNovelty, Interval missedNovelty) {

    /** Of the faults of all cases; clusters are of their case, because each begins with nothing known. */
    public static ClusterScore of(List<FaultScore> faults) {
        Map<String, Map<String, Integer>> kinds = new HashMap<>();
        Interval falseNovelty = new Interval(0, 0);
        Interval missedNovelty = new Interval(0, 0);
        int found = 0;
        for (FaultScore fault : faults) {
            if (!fault.found()) {
                continue;
            }
            if (fault.cluster().isPresent()) {
                found++;
                kinds.computeIfAbsent(fault.caseName() + " " + fault.cluster().get(), cluster -> new HashMap<>())
                        .merge(fault.fault().service() + " " + fault.fault().type(), 1, Integer::sum);
            }
            if (fault.first()) {
                missedNovelty = missedNovelty.plus(new Interval(fault.novel() ? 0 : 1, 1));
            } else {
                falseNovelty = falseNovelty.plus(new Interval(fault.novel() ? 1 : 0, 1));
            }
        }
        int pure = kinds.values().stream()
                .mapToInt(each -> each.values().stream().mapToInt(n -> n).max().orElse(0))
                .sum();
        return new ClusterScore(
                found, kinds.size(), found == 0 ? Double.NaN : (double) pure / found, falseNovelty, missedNovelty);
    }
}
