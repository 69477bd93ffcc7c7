package io.faultprint.correlate.span;

import io.faultprint.event.Envelope;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import org.jspecify.annotations.Nullable;

/** Spans for tests. */
final class Spans {

    private Spans() {}

    static SpanEvent span(String trace, String id, @Nullable String parent, long end, long nanos, boolean failed) {
        return SpanEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setEnvironment("prod")
                        .setService("orders")
                        .setVersion("v" + nanos % 11)
                        .setEventTime(end)
                        .setDoor("d")
                        .setIndex(0)
                        .setReceivedAt(end)
                        .build())
                .setTraceId(trace)
                .setSpanId(id)
                .setParentSpanId(parent)
                .setName("GET /")
                .setKind(SpanKind.SERVER)
                .setStartTime(end - nanos / 1_000_000)
                .setDurationNanos(nanos)
                .setStatus(failed ? SpanStatus.ERROR : SpanStatus.UNSET)
                .setStatusMessage(failed ? "no " + nanos : "")
                .build();
    }
}
