package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.correlate.state.BufferedSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a task that wait for their families. Rows: {@code s} trace, span: the span; {@code c} trace, parent,
 * span: that it is a child; {@code x} window, trace, span: that it is forgotten when that window closes.
 */
final class TraceRows implements TraceJoin.Buffer {

    private final Rows rows;
    private final long waitMillis;

    TraceRows(Rows rows, long waitMillis) {
        this.rows = rows;
        this.waitMillis = waitMillis;
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
        rows.put(spanKey(traceKey, spanId), span);
        String parent = span.getParentSpanId();
        if (parent != null) {
            rows.mark(RowKey.of('c').then(traceKey).then(parent).then(spanId));
        }
        rows.mark(RowKey.of('x').then(span.getEnd() + waitMillis).then(traceKey).then(spanId));
    }

    /** Forgets the spans whose wait ended before this time. */
    void forget(long before) {
        for (Bytes key : rows.keysBetween(RowKey.of('x'), RowKey.of('x').then(before))) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            parts.number();
            List<String> names = parts.texts();
            BufferedSpan span = get(names.get(0), names.get(1));
            rows.delete(key);
            rows.delete(spanKey(names.get(0), names.get(1)));
            String parent = span == null ? null : span.getParentSpanId();
            if (parent != null) {
                rows.delete(RowKey.of('c').then(names.get(0)).then(parent).then(names.get(1)));
            }
        }
    }

    private static RowKey spanKey(String traceKey, String spanId) {
        return RowKey.of('s').then(traceKey).then(spanId);
    }
}
