package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.CutRow;
import io.faultprint.snapshot.CutCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What bounds have left out since the last tick; kept in the task's store, so that it commits with the data. */
final class Cuts {

    private static final RowKey KEY = RowKey.of('k');

    private final Rows rows;
    private final Map<Cut, Long> counts = new EnumMap<>(Cut.class);

    Cuts(Rows rows) {
        this.rows = rows;
        rows.each(KEY, CutRow.class, (key, row) -> {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            counts.put(Cut.valueOf(parts.text()), row.getCount());
        });
    }

    void count(Cut cut, long things) {
        if (things > 0) {
            long sum = counts.merge(cut, things, Long::sum);
            rows.put(KEY.then(cut.name()), new CutRow(sum));
        }
    }

    /** The counts since the last call, which begins them anew. */
    List<CutCount> take() {
        List<CutCount> taken = new ArrayList<>();
        counts.forEach((cut, count) -> {
            taken.add(new CutCount(cut.label(), count));
            rows.delete(KEY.then(cut.name()));
        });
        counts.clear();
        return taken;
    }
}
