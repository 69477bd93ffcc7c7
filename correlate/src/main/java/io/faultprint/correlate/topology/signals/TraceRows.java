package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.correlate.state.BufferedSpan;
import io.faultprint.correlate.state.SeenRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a task that wait for their families. Rows: {@code s} trace, span: the span; {@code c} trace, parent,
 * span: that it is a child; {@code x} end of the wait, trace, span: when it is forgotten; {@code n} trace: how many there
 * are.
 *
 * <p>When too many wait, the one whose wait ends first goes; a trace that has too many alone waits no further. All of it
 * is a function of the partition's log.
 */
final class TraceRows implements TraceJoin.Buffer {

    /** One trace may take up a tenth of the room. */
    private static final int SHARE = 10;

    private final Rows rows;
    private final Cuts cuts;
    private final long waitMillis;
    private final int most;
    private int waiting;

    TraceRows(Rows rows, Cuts cuts, long waitMillis, int most) {
        this.rows = rows;
        this.cuts = cuts;
        this.waitMillis = waitMillis;
        this.most = most;
        this.waiting = rows.count(RowKey.of('s'));
    }

    @Override
    public @Nullable BufferedSpan get(String traceKey, String spanId) {
        return rows.get(spanKey(traceKey, spanId), BufferedSpan.class);
    }

    @Override
    public Map<String, BufferedSpan> children(String traceKey, String parentSpanId) {
        Map<String, BufferedSpan> children = new LinkedHashMap<>();
        for (Bytes key : rows.keys(RowKey.of('c').then(traceKey).then(parentSpanId))) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            String child = parts.texts().get(2);
            BufferedSpan span = get(traceKey, child);
            if (span != null) {
                children.put(child, span);
            }
        }
        return children;
    }

    @Override
    public void put(String traceKey, String spanId, BufferedSpan span) {
        int there = inTrace(traceKey);
        if (there >= Math.max(1, most / SHARE)) {
            cuts.count(Cut.WAITING, 1);
            return;
        }
        if (waiting >= most) {
            Bytes first = rows.firstKey(RowKey.of('x'), RowKey.of('x'));
            if (first != null) {
                forget(first);
                cuts.count(Cut.WAITING, 1);
            }
        }
        waiting++;
        count(traceKey, 1);
        rows.put(spanKey(traceKey, spanId), span);
        String parent = span.getParentSpanId();
        if (parent != null) {
            rows.mark(RowKey.of('c').then(traceKey).then(parent).then(spanId));
        }
        rows.mark(RowKey.of('x').then(until(span)).then(traceKey).then(spanId));
    }

    /** Forgets the spans whose wait ended before this time. */
    void forget(long before) {
        for (Bytes key : rows.keysBetween(RowKey.of('x'), RowKey.of('x').then(Math.max(0, before)))) {
            forget(key);
        }
    }

    private void forget(Bytes key) {
        RowKey.Parts parts = new RowKey.Parts(key);
        parts.kind();
        parts.number();
        List<String> names = parts.texts();
        BufferedSpan span = get(names.get(0), names.get(1));
        rows.delete(key);
        rows.delete(spanKey(names.get(0), names.get(1)));
        waiting--;
        count(names.get(0), -1);
        String parent = span == null ? null : span.getParentSpanId();
        if (parent != null) {
            rows.delete(RowKey.of('c').then(names.get(0)).then(parent).then(names.get(1)));
        }
    }

    private int inTrace(String traceKey) {
        SeenRow row = rows.get(RowKey.of('n').then(traceKey), SeenRow.class);
        return row == null ? 0 : row.getDistinct();
    }

    private void count(String traceKey, int more) {
        RowKey key = RowKey.of('n').then(traceKey);
        int now = inTrace(traceKey) + more;
        if (now > 0) {
            rows.put(key, new SeenRow(now, 0L));
        } else {
            rows.delete(key);
        }
    }

    private long until(BufferedSpan span) {
        return span.getEnd() + waitMillis;
    }

    private static RowKey spanKey(String traceKey, String spanId) {
        return RowKey.of('s').then(traceKey).then(spanId);
    }
}
