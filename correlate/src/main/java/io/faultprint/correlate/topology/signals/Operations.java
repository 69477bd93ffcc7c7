package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.OperationSpans;
import io.faultprint.snapshot.SpanPartial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How many operations and callees of a service are told apart, and as what the rest is added up. */
final class Operations {

    /** What operations beyond the cap are added up as. */
    static final String OTHERS = "…";

    /** Services that one service is seen to call in a window. */
    static final int CALLEES = 100;

    private static final int NAME = 200;

    /** By count, greatest first; the rest itself last, so that it takes up what else has to go. */
    private static final Comparator<SpanPartial> GREATEST = Comparator.comparing(
                    (SpanPartial partial) -> partial.getOperation().equals(OTHERS))
            .thenComparing(Comparator.comparingLong(SpanPartial::getCount).reversed())
            .thenComparing(SpanPartial::getOperation)
            .thenComparing(SpanPartial::getEntry);

    private Operations() {}

    /** An operation's name as rows and records carry it. */
    static String cut(String name) {
        if (name.length() <= NAME) {
            return name;
        }
        return name.substring(0, Character.isHighSurrogate(name.charAt(NAME - 2)) ? NAME - 2 : NAME - 1) + "…";
    }

    /** The operations with the most spans, and all others as one. */
    static List<SpanPartial> bounded(List<SpanPartial> all, int most) {
        if (own(all) <= most) {
            return all;
        }
        List<SpanPartial> sorted = new ArrayList<>(all);
        sorted.sort(GREATEST);
        OperationSpans others = new OperationSpans();
        sorted.subList(most, sorted.size()).forEach(others::add);
        SpanPartial first = sorted.get(0);
        List<SpanPartial> kept = new ArrayList<>(sorted.subList(0, most));
        kept.add(others.partial(
                first.getEnvironment(), first.getService(), first.getWindowStart(), first.getSource(), OTHERS, false));
        return kept;
    }

    /** How many spans {@link #bounded} adds to the others. */
    static long folded(List<SpanPartial> all, int most) {
        return own(all) <= most
                ? 0
                : all.stream()
                        .filter(partial -> !partial.getOperation().equals(OTHERS))
                        .sorted(GREATEST)
                        .skip(most)
                        .mapToLong(SpanPartial::getCount)
                        .sum();
    }

    private static long own(List<SpanPartial> all) {
        return all.stream()
                .filter(partial -> !partial.getOperation().equals(OTHERS))
                .count();
    }
}
