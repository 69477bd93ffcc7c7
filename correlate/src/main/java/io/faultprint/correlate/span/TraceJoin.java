package io.faultprint.correlate.span;

import io.faultprint.correlate.state.BufferedSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins parents and children of a trace, whichever comes first, into calls from service to service. Nothing but the two
 * spans decides what a call looks like and which window it belongs to, so their order does not matter.
 */
public final class TraceJoin {

    /** Where spans wait: all of one partition's traces. */
    public interface Buffer {

        /** The span, when it waits here. */
        @Nullable
        BufferedSpan get(String traceKey, String spanId);

        /** The spans that wait for this parent, by span id. */
        Map<String, BufferedSpan> children(String traceKey, String parentSpanId);

        /** Lets the span wait. */
        void put(String traceKey, String spanId, BufferedSpan span);
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
     * @param withinMillis how far apart the ends of the two may be: they must not meet only because one happens to wait
     *     here still
     */
    public static List<Call> join(Buffer buffer, String traceKey, String spanId, BufferedSpan span, long withinMillis) {
        if (buffer.get(traceKey, spanId) != null) {
            return List.of();
        }
        buffer.put(traceKey, spanId, span);
        List<Call> calls = new ArrayList<>();
        String parentId = span.getParentSpanId();
        BufferedSpan parent = parentId == null ? null : buffer.get(traceKey, parentId);
        if (parent != null) {
            between(parent, span, withinMillis, calls);
        }
        for (BufferedSpan child : buffer.children(traceKey, spanId).values()) {
            between(span, child, withinMillis, calls);
        }
        return calls;
    }

    private static void between(BufferedSpan parent, BufferedSpan child, long withinMillis, List<Call> calls) {
        if (!parent.getService().equals(child.getService())
                && Math.abs(parent.getEnd() - child.getEnd()) <= withinMillis) {
            calls.add(new Call(
                    parent.getService(),
                    child.getService(),
                    Math.max(parent.getEnd(), child.getEnd()),
                    child.getDurationNanos(),
                    child.getFailed()));
        }
    }
}
