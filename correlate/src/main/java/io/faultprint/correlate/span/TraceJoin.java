package io.faultprint.correlate.span;

import io.faultprint.correlate.state.BufferedSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins parents and children of a trace, whichever comes first, into calls from service to service. Nothing but the two
 * spans decides whether they meet, what the call looks like and which window it belongs to, so order does not matter:
 * not when the buffer forgets, and not which of two spans with one id came first (some tracers give one id to both
 * sides of a call).
 */
public final class TraceJoin {

    /** Where spans wait: all of one partition's traces. It must hold a span until no other may come that is to meet it. */
    public interface Buffer {

        /** Lets the span wait; false when this very span waits here already. */
        boolean put(String traceKey, String spanId, BufferedSpan span);

        /** All spans that wait under this id. */
        List<BufferedSpan> get(String traceKey, String spanId);

        /** The spans that wait for this parent. */
        List<BufferedSpan> children(String traceKey, String parentSpanId);
    }

    /**
     * A call whose two sides have met.
     *
     * @param caller the parent's service
     * @param callee the child's service
     * @param completed the later end of the two, epoch milliseconds: the call belongs to the window that holds it
     * @param durationNanos the child's duration
     * @param failed whether the child failed
     */
    public record Call(String caller, String callee, long completed, long durationNanos, boolean failed) {}

    private TraceJoin() {}

    /**
     * Takes in a span and gives the calls that it completes. A span that is already there changes nothing.
     *
     * @param waitMillis parent and child whose ends lie farther apart do not meet
     */
    public static List<Call> join(Buffer buffer, String traceKey, String spanId, BufferedSpan span, long waitMillis) {
        if (!buffer.put(traceKey, spanId, span)) {
            return List.of();
        }
        List<Call> calls = new ArrayList<>();
        String parentId = span.getParentSpanId();
        if (parentId != null) {
            buffer.get(traceKey, parentId).forEach(parent -> between(parent, span, waitMillis, calls));
        }
        buffer.children(traceKey, spanId).forEach(child -> between(span, child, waitMillis, calls));
        return calls;
    }

    private static void between(BufferedSpan parent, BufferedSpan child, long waitMillis, List<Call> calls) {
        boolean near = Math.abs(parent.getEnd() - child.getEnd()) <= waitMillis;
        if (near && !parent.getService().equals(child.getService())) {
            calls.add(new Call(
                    parent.getService(),
                    child.getService(),
                    Math.max(parent.getEnd(), child.getEnd()),
                    child.getDurationNanos(),
                    child.getFailed()));
        }
    }
}
