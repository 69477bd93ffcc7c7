package io.faultprint.local.evaluate;

import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.score.History;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a changed setting would have changed, with or without a truth. Incidents of the two runs are the same trouble when
 * they overlap in time and share a service.
 */
public final class Changed {

    private Changed() {}

    /** The differences of each case, in words. */
    public static List<String> lines(List<Case> cases, Evaluation now, Evaluation then) throws InterruptedException {
        List<List<History>> before = now.over(cases, (one, said) -> History.of(said.revisions()), (one, said) -> {});
        List<List<History>> after = then.over(cases, (one, said) -> History.of(said.revisions()), (one, said) -> {});
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            lines.add(cases.get(i).name() + ": " + before.get(i).size() + " incidents as it is, "
                    + after.get(i).size() + " with the change; diagnoses to pay for: " + novel(before.get(i))
                    + " as it is, "
                    + novel(after.get(i)) + " with the change");
            lines.addAll(differences(before.get(i), after.get(i)));
        }
        return lines;
    }

    static List<String> differences(List<History> before, List<History> after) {
        List<String> lines = new ArrayList<>();
        for (History old : before) {
            List<History> same = matching(after, old);
            if (same.isEmpty()) {
                lines.add("  missed   " + words(old));
            } else if (same.size() > 1) {
                lines.add("  split    " + words(old) + " into " + same.size());
            } else if (same.get(0).last().getNovel() != old.last().getNovel()) {
                lines.add((same.get(0).last().getNovel() ? "  novel    " : "  known    ") + words(old));
            }
        }
        for (History young : after) {
            List<History> same = matching(before, young);
            if (same.isEmpty()) {
                lines.add("  new      " + words(young));
            } else if (same.size() > 1) {
                lines.add("  grouped  " + same.size() + " into " + words(young));
            }
        }
        return lines;
    }

    private static List<History> matching(List<History> others, History one) {
        return others.stream().filter(sameTrouble(one.last())).toList();
    }

    private static Predicate<History> sameTrouble(Incident one) {
        return other -> {
            Set<String> services = new HashSet<>(one.getServices());
            services.retainAll(other.last().getServices());
            return !services.isEmpty()
                    && one.getEnvironment().equals(other.last().getEnvironment())
                    && one.getStarted() <= end(other.last())
                    && other.last().getStarted() <= end(one);
        };
    }

    private static long end(Incident incident) {
        Long ended = incident.getEnded();
        return ended == null ? incident.getAsOf() : ended;
    }

    private static long novel(List<History> incidents) {
        return incidents.stream()
                .map(History::last)
                .filter(incident -> incident.getNovel() && incident.getSettled())
                .count();
    }

    private static String words(History history) {
        return Instant.ofEpochMilli(history.opened()) + "  " + history.last().getTitle();
    }
}
