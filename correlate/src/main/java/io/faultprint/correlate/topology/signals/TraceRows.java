package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.correlate.state.BufferedSpan;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The spans of a task that wait for their families. Rows: {@code s} trace, span: the span; {@code c} trace, parent,
 * span: that it is a child; {@code x} end of its wait, trace, span: that it is forgotten when that has passed. "Span" is
 * its id and a hash of what is known of it, since two spans may have one id.
 */
final class TraceRows implements TraceJoin.Buffer {

    private final Rows rows;
    private final long waitMillis;

    TraceRows(Rows rows, long waitMillis) {
        this.rows = rows;
        this.waitMillis = waitMillis;
    }

    @Override
    public List<BufferedSpan> get(String traceKey, String spanId) {
        List<BufferedSpan> spans = new ArrayList<>();
        rows.each(spansKey(traceKey).then(spanId), BufferedSpan.class, (key, span) -> spans.add(span));
        return spans;
    }

    @Override
    public List<BufferedSpan> children(String traceKey, String parentSpanId) {
        List<BufferedSpan> children = new ArrayList<>();
        for (Bytes key : rows.keys(childrenKey(traceKey, parentSpanId))) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            parts.text();
            parts.text();
            BufferedSpan span = rows.get(spansKey(traceKey).thenRest(parts), BufferedSpan.class);
            if (span != null) {
                children.add(span);
            }
        }
        return children;
    }

    @Override
    public boolean put(String traceKey, String spanId, BufferedSpan span) {
        long hash = hash(span);
        RowKey key = spansKey(traceKey).then(spanId).then(hash);
        if (rows.has(key)) {
            return false;
        }
        rows.put(key, span);
        String parent = span.getParentSpanId();
        if (parent != null) {
            rows.mark(childrenKey(traceKey, parent).then(spanId).then(hash));
        }
        rows.mark(RowKey.of('x')
                .then(span.getEnd() + waitMillis)
                .then(traceKey)
                .then(spanId)
                .then(hash));
        return true;
    }

    /**
     * Forgets the spans whose wait ended before the end of a closed window: whoever was to meet them would be late.
     *
     * @param closedUpTo end of the last window that is closed
     */
    void forget(long closedUpTo) {
        for (Bytes key : rows.keysBetween(RowKey.of('x'), RowKey.of('x').then(closedUpTo))) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            parts.number();
            String trace = parts.text();
            String spanId = parts.text();
            long hash = parts.number();
            RowKey spanKey = spansKey(trace).then(spanId).then(hash);
            BufferedSpan span = rows.get(spanKey, BufferedSpan.class);
            rows.delete(key);
            rows.delete(spanKey);
            String parent = span == null ? null : span.getParentSpanId();
            if (parent != null) {
                rows.delete(childrenKey(trace, parent).then(spanId).then(hash));
            }
        }
    }

    private static RowKey spansKey(String traceKey) {
        return RowKey.of('s').then(traceKey);
    }

    private static RowKey childrenKey(String traceKey, String parentSpanId) {
        return RowKey.of('c').then(traceKey).then(parentSpanId);
    }

    /** FNV-1a over all that is known of a span. */
    private static long hash(BufferedSpan span) {
        long hash = 0xcbf29ce484222325L;
        String text = span.getService()
                + '\0'
                + span.getParentSpanId()
                + '\0'
                + span.getEnd()
                + '\0'
                + span.getDurationNanos()
                + '\0'
                + span.getFailed();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
