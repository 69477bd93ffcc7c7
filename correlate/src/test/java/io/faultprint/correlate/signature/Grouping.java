package io.faultprint.correlate.signature;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well a grouping meets the labels, as the Loghub-2.0 paper defines it: a group counts only when it is exactly a
 * labelled group.
 *
 * @param accuracy GA, the share of lines in such groups
 * @param f1 FGA, the F1 score of the groups
 */
record Grouping(double accuracy, double f1) {

    static Grouping score(List<String> labels, List<String> found) {
        Map<String, Set<Integer>> truth = groups(labels);
        Map<String, Set<Integer>> groups = groups(found);
        Set<Set<Integer>> wanted = new HashSet<>(truth.values());
        int lines = 0;
        int right = 0;
        for (Set<Integer> group : groups.values()) {
            if (wanted.contains(group)) {
                right++;
                lines += group.size();
            }
        }
        return new Grouping((double) lines / labels.size(), 2.0 * right / (truth.size() + groups.size()));
    }

    private static Map<String, Set<Integer>> groups(List<String> names) {
        Map<String, Set<Integer>> groups = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            groups.computeIfAbsent(names.get(i), name -> new HashSet<>()).add(i);
        }
        return groups;
    }
}
