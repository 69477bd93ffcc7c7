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

    /** The counts since the last call, which begins them anew. */
    List<LossCount> take() {
        List<LossCount> taken = new ArrayList<>();
        counts.forEach((kind, row) -> {
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
        return taken;
    }

    private static String kind(RowKey.Parts parts) {
        parts.kind();
        return parts.text();
    }
}
