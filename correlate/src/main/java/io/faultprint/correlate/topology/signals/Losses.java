package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.LossRow;
import io.faultprint.snapshot.LossCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loss equation of a task, per kind of event: in = kept + late + duplicated + dead-lettered + dropped. Counted in
 * the task's store and sent with its ticks, so that the counts commit with the data.
 */
final class Losses {

    /** What became of an event. */
    enum Fate {
        KEPT,
        LATE,
        DUPLICATED,
        DEAD_LETTERED,
        DROPPED
    }

    private static final LossRow NONE = new LossRow(0L, 0L, 0L, 0L, 0L);

    private final Rows rows;
    private final Map<String, LossRow> counts = new TreeMap<>();

    Losses(Rows rows) {
        this.rows = rows;
        rows.each(RowKey.of('l'), LossRow.class, (key, row) -> counts.put(kind(new RowKey.Parts(key)), row));
    }

    void count(String kind, Fate fate) {
        put(
                kind,
                new LossRow(
                        fate == Fate.KEPT ? 1L : 0L,
                        fate == Fate.LATE ? 1L : 0L,
                        fate == Fate.DUPLICATED ? 1L : 0L,
                        fate == Fate.DEAD_LETTERED ? 1L : 0L,
                        fate == Fate.DROPPED ? 1L : 0L));
    }

    /** Events that were kept turn out to be more than a bound lets in. */
    void drop(String kind, long events) {
        if (events > 0) {
            put(kind, new LossRow(-events, 0L, 0L, 0L, events));
        }
    }

    /** Adds counts that another task sent on. */
    void add(List<LossCount> others) {
        for (LossCount other : others) {
            put(
                    other.getKind(),
                    new LossRow(
                            other.getKept(),
                            other.getLate(),
                            other.getDuplicated(),
                            other.getDeadLettered(),
                            other.getDropped()));
        }
    }

    private void put(String kind, LossRow more) {
        LossRow row = counts.getOrDefault(kind, NONE);
        LossRow sum = new LossRow(
                row.getKept() + more.getKept(),
                row.getLate() + more.getLate(),
                row.getDuplicated() + more.getDuplicated(),
                row.getDeadLettered() + more.getDeadLettered(),
                row.getDropped() + more.getDropped());
        counts.put(kind, sum);
        rows.put(RowKey.of('l').then(kind), sum);
    }

    /**
     * The counts since the last call, which begins them anew. None is negative: where events are dropped that an earlier
     * tick counted as kept, as many wait for the kept ones of a later tick. Only the last tick cannot wait.
     */
    List<LossCount> take(boolean last) {
        List<LossCount> taken = new ArrayList<>();
        Map<String, LossRow> owed = new TreeMap<>();
        counts.forEach((kind, all) -> {
            long debt = last ? 0 : Math.min(0, all.getKept());
            LossRow row = LossRow.newBuilder(all)
                    .setKept(all.getKept() - debt)
                    .setDropped(all.getDropped() + debt)
                    .build();
            if (debt < 0) {
                owed.put(kind, new LossRow(debt, 0L, 0L, 0L, -debt));
            }
            long in = row.getKept() + row.getLate() + row.getDuplicated() + row.getDeadLettered() + row.getDropped();
            taken.add(new LossCount(
                    kind,
                    in,
                    row.getKept(),
                    row.getLate(),
                    row.getDuplicated(),
                    row.getDeadLettered(),
                    row.getDropped()));
            rows.delete(RowKey.of('l').then(kind));
        });
        counts.clear();
        owed.forEach(this::put);
        return taken;
    }

    private static String kind(RowKey.Parts parts) {
        parts.kind();
        return parts.text();
    }
}
