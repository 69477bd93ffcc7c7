package io.faultprint.local.signatures;

import io.faultprint.correlate.signature.LineSigner;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.local.show.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What rules would change: the same lines signed with and without them, side by side. */
public final class RulesPreview {

    private static final int SHOWN = 10;

    private final LineSigner without;
    private final LineSigner with;

    /** Lines by the pair of signatures they have without and with the rules; empty where a rule leaves them out. */
    private final Map<Pair, Long> pairs = new LinkedHashMap<>();

    private long lines;

    private record Pair(String before, String after) {}

    private record Change(String what, long lines, List<String> parts) {}

    public RulesPreview(SignatureLimits limits, SteeringRules rules) {
        this.without = new LineSigner(limits);
        this.with = new LineSigner(limits, rules);
    }

    /** One more line. */
    public void add(String line) {
        lines++;
        String after = with.ignores(line) ? "" : with.sign(line);
        pairs.merge(new Pair(without.sign(line), after), 1L, Long::sum);
    }

    /** The effect, largest first. */
    public List<String> lines(Style style) {
        Map<Pair, Long> now = new HashMap<>();
        pairs.forEach((pair, count) -> now.merge(
                new Pair(without.current(pair.before), pair.after.isEmpty() ? "" : with.current(pair.after)),
                count,
                Long::sum));
        Map<String, Map<String, Long>> byAfter = new TreeMap<>();
        Map<String, Map<String, Long>> byBefore = new TreeMap<>();
        long ignored = 0;
        List<Change> left = new ArrayList<>();
        for (Map.Entry<Pair, Long> entry : now.entrySet()) {
            Pair pair = entry.getKey();
            if (pair.after.isEmpty()) {
                ignored += entry.getValue();
                left.add(new Change(without.template(pair.before), entry.getValue(), List.of()));
            } else {
                byAfter.computeIfAbsent(pair.after, id -> new TreeMap<>()).put(pair.before, entry.getValue());
                byBefore.computeIfAbsent(pair.before, id -> new TreeMap<>()).put(pair.after, entry.getValue());
            }
        }
        List<String> text = new ArrayList<>();
        text.add(lines + " lines, " + ignored + " left out");
        text.add(without.size() + " signatures without the rules, " + with.size() + " with them");
        show(text, style, "left out", left);
        show(text, style, "become one", changes(byAfter, with, without));
        show(text, style, "are split", changes(byBefore, without, with));
        return text;
    }

    private static List<Change> changes(Map<String, Map<String, Long>> groups, LineSigner named, LineSigner parts) {
        List<Change> changes = new ArrayList<>();
        groups.forEach((id, members) -> {
            if (members.size() > 1) {
                long sum = members.values().stream().mapToLong(count -> count).sum();
                changes.add(new Change(
                        named.template(id),
                        sum,
                        members.entrySet().stream()
                                .sorted(Map.Entry.<String, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(member -> member.getValue() + "  " + parts.template(member.getKey()))
                                .toList()));
            }
        });
        return changes;
    }

    private static void show(List<String> text, Style style, String what, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        text.add("");
        text.add(style.bold(changes.size() + " " + what));
        changes.stream()
                .sorted(Comparator.comparingLong(Change::lines).reversed().thenComparing(Change::what))
                .limit(SHOWN)
                .forEach(change -> {
                    text.add("  " + change.lines + "  " + change.what);
                    change.parts.stream().limit(SHOWN).forEach(part -> text.add("      " + part));
                    more(text, "      ", change.parts.size());
                });
        more(text, "  ", changes.size());
    }

    private static void more(List<String> text, String indent, int all) {
        if (all > SHOWN) {
            text.add(indent + "… and " + (all - SHOWN) + " more");
        }
    }
}
