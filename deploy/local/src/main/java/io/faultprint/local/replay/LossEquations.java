package io.faultprint.local.replay;

import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where every event of a run went, from the ticks on {@code digests}:
 *
 * <pre>in = kept + late + duplicated + dead-lettered + dropped by rule</pre>
 *
 * per kind of event, and over all kinds {@code in} is what the door acknowledged.
 */
public final class LossEquations {

    private record Sum(long in, long kept, long late, long duplicated, long deadLettered, long dropped) {

        static final Sum ZERO = new Sum(0, 0, 0, 0, 0, 0);

        Sum plus(LossCount count) {
            return new Sum(
                    in + count.getIn(),
                    kept + count.getKept(),
                    late + count.getLate(),
                    duplicated + count.getDuplicated(),
                    deadLettered + count.getDeadLettered(),
                    dropped + count.getDropped());
        }

        boolean holds() {
            return in == kept + late + duplicated + deadLettered + dropped;
        }
    }

    private final Map<String, Sum> sums = new TreeMap<>();

    /** Adds what a tick says; ticks carry what was read since the one before. */
    public void add(Tick tick) {
        for (LossCount count : tick.getCounts()) {
            Sum before = sums.getOrDefault(count.getKind(), Sum.ZERO);
            sums.put(count.getKind(), before.plus(count));
        }
    }

    /** Whether every equation holds, and as much came in as the door acknowledged. */
    public boolean hold(long acknowledged) {
        return in() == acknowledged && sums.values().stream().allMatch(Sum::holds);
    }

    /** One line per kind, and one for the door. */
    public List<String> lines(long acknowledged) {
        List<String> lines = new ArrayList<>();
        sums.forEach((kind, sum) ->
                lines.add("%-8s %,12d in = %,d kept + %,d late + %,d duplicated + %,d dead-lettered + %,d dropped%s"
                        .formatted(
                                kind,
                                sum.in(),
                                sum.kept(),
                                sum.late(),
                                sum.duplicated(),
                                sum.deadLettered(),
                                sum.dropped(),
                                sum.holds() ? "" : "   DOES NOT HOLD")));
        lines.add("%-8s %,12d in, %,d acknowledged by the door%s"
                .formatted("all", in(), acknowledged, in() == acknowledged ? "" : "   DOES NOT HOLD"));
        return lines;
    }

    private long in() {
        return sums.values().stream().mapToLong(Sum::in).sum();
    }
}
