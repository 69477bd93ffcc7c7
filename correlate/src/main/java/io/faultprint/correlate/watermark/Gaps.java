package io.faultprint.correlate.watermark;

import io.faultprint.correlate.state.Gap;
import java.util.ArrayList;
import java.util.List;

/**
 * Stretches of event time that were not seen. Beyond a bound the two oldest become one with what lies between them: most
 * likely their windows closed long ago, and if not, to call a seen window blind is the lesser harm.
 */
final class Gaps {

    private static final int KEPT = 16;

    private final List<Gap> gaps = new ArrayList<>();

    Gaps() {}

    Gaps(List<Gap> gaps) {
        this.gaps.addAll(gaps);
    }

    void add(long from, long until) {
        if (from >= until) {
            return;
        }
        Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        if (last != null && from <= last.getUntil() && last.getFrom() <= until) {
            gaps.set(gaps.size() - 1, new Gap(Math.min(last.getFrom(), from), Math.max(last.getUntil(), until)));
        } else {
            gaps.add(new Gap(from, until));
        }
        if (gaps.size() > KEPT) {
            Gap oldest = gaps.remove(0);
            Gap next = gaps.get(0);
            gaps.set(
                    0,
                    new Gap(Math.min(oldest.getFrom(), next.getFrom()), Math.max(oldest.getUntil(), next.getUntil())));
        }
    }

    boolean touch(long from, long until) {
        return gaps.stream().anyMatch(gap -> gap.getFrom() < until && from < gap.getUntil());
    }

    /** The end of the last gap that touches [from, until); {@code from} when none does. */
    long touchedUntil(long from, long until) {
        return gaps.stream()
                .filter(gap -> gap.getFrom() < until && from < gap.getUntil())
                .mapToLong(Gap::getUntil)
                .max()
                .orElse(from);
    }

    List<Gap> rows() {
        return List.copyOf(gaps);
    }
}
