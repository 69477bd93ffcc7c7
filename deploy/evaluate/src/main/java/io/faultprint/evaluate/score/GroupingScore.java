package io.faultprint.evaluate.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A grouping of log lines beside the true one. GA: share of the lines whose whole group is exactly a true group. FGA: F1 of
 * the groups that are. ARI: adjusted Rand index.
 *
 * @param lines how many
 * @param found groups
 * @param real groups
 */
public record GroupingScore(double ga, double fga, double ari, int lines, int found, int real) {

    /** Compares two groupings of the same lines, given as the group of each line. */
    public static GroupingScore of(List<String> truth, List<String> said) {
        if (truth.size() != said.size()) {
            throw new IllegalArgumentException(truth.size() + " lines with a truth, " + said.size() + " grouped");
        }
        Map<String, List<Integer>> real = groups(truth);
        Map<String, List<Integer>> found = groups(said);
        Set<List<Integer>> exact = new HashSet<>(real.values());
        int lines = 0;
        int groups = 0;
        for (List<Integer> group : found.values()) {
            if (exact.contains(group)) {
                lines += group.size();
                groups++;
            }
        }
        int n = truth.size();
        return new GroupingScore(
                n == 0 ? Double.NaN : (double) lines / n,
                n == 0 ? Double.NaN : 2.0 * groups / (found.size() + real.size()),
                ari(truth, said, real, found),
                n,
                found.size(),
                real.size());
    }

    private static Map<String, List<Integer>> groups(List<String> names) {
        Map<String, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            groups.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
        }
        return groups;
    }

    private static double ari(
            List<String> truth, List<String> said, Map<String, List<Integer>> real, Map<String, List<Integer>> found) {
        Map<List<String>, Integer> joint = new HashMap<>();
        for (int i = 0; i < truth.size(); i++) {
            joint.merge(List.of(truth.get(i), said.get(i)), 1, Integer::sum);
        }
        double both = joint.values().stream().mapToDouble(GroupingScore::pairs).sum();
        double a =
                real.values().stream().mapToDouble(each -> pairs(each.size())).sum();
        double b =
                found.values().stream().mapToDouble(each -> pairs(each.size())).sum();
        double all = pairs(truth.size());
        double chance = all == 0 ? 0 : a * b / all;
        double most = (a + b) / 2;
        return most == chance ? 1 : (both - chance) / (most - chance);
    }

    private static double pairs(int n) {
        return n * (n - 1.0) / 2;
    }
}
