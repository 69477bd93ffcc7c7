package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.CutRow;
import io.faultprint.snapshot.CutCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What bounds have left out since the last tick; kept in the task's store, so that it commits with the data. */
final class Cuts {

    private static final RowKey KEY = RowKey.of('k');

    private final Rows rows;
    private final Map<String, Long> counts = new TreeMap<>();

    Cuts(Rows rows) {
        this.rows = rows;
        rows.each(KEY, CutRow.class, (key, row) -> {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            counts.put(parts.text(), row.getCount());
        });
    }

    void count(Cut cut, long things) {
        count(cut.label(), things);
    }

    /** Adds counts that another task sent on. */
    void add(List<CutCount> others) {
        others.forEach(other -> count(other.getBound(), other.getCount()));
    }

    private void count(String bound, long things) {
        if (things > 0) {
            long sum = counts.merge(bound, things, Long::sum);
            rows.put(KEY.then(bound), new CutRow(sum));
        }
    }

    /** The counts since the last call, which begins them anew. */
    List<CutCount> take() {
        List<CutCount> taken = new ArrayList<>();
        counts.forEach((bound, count) -> {
            taken.add(new CutCount(bound, count));
            rows.delete(KEY.then(bound));
        });
        counts.clear();
        return taken;
    }
}
