package io.faultprint.correlate.signature;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well found groups match labels: GA and FGA as the Loghub-2.0 paper defines them (a group counts only when it is
 * exactly a labelled group), and the adjusted Rand index.
 *
 * @param accuracy GA: share of lines whose found group is exactly their labelled group
 * @param f1 FGA: harmonic mean of the shares of found and of labelled groups that match exactly
 * @param randIndex ARI: agreement on pairs of lines, corrected for chance (Hubert and Arabie 1985)
 */
record Grouping(double accuracy, double f1, double randIndex) {

    static Grouping score(List<String> labels, List<String> found) {
        Map<String, Set<Integer>> labelled = groups(labels);
        Map<String, Set<Integer>> given = groups(found);
        Set<Set<Integer>> exact = new HashSet<>(labelled.values());
        exact.retainAll(new HashSet<>(given.values()));
        int lines = exact.stream().mapToInt(Set::size).sum();
        double precision = (double) exact.size() / given.size();
        double recall = (double) exact.size() / labelled.size();
        double f1 = exact.isEmpty() ? 0 : 2 * precision * recall / (precision + recall);
        return new Grouping((double) lines / labels.size(), f1, randIndex(labels, found, labelled, given));
    }

    private static double randIndex(
            List<String> labels,
            List<String> found,
            Map<String, Set<Integer>> labelled,
            Map<String, Set<Integer>> given) {
        Map<String, Integer> both = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            both.merge(labels.get(i) + "\n" + found.get(i), 1, Integer::sum);
        }
        double together = both.values().stream().mapToDouble(Grouping::pairs).sum();
        double ofLabels = labelled.values().stream()
                .mapToDouble(group -> pairs(group.size()))
                .sum();
        double ofFound = given.values().stream()
                .mapToDouble(group -> pairs(group.size()))
                .sum();
        double chance = ofLabels * ofFound / pairs(labels.size());
        double most = (ofLabels + ofFound) / 2;
        return most == chance ? 1 : (together - chance) / (most - chance);
    }

    private static double pairs(int size) {
        return size * (size - 1) / 2.0;
    }

    private static Map<String, Set<Integer>> groups(List<String> names) {
        Map<String, Set<Integer>> groups = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            groups.computeIfAbsent(names.get(i), name -> new HashSet<>()).add(i);
        }
        return groups;
    }
}
