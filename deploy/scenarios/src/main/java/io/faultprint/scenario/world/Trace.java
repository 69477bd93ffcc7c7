package io.faultprint.scenario.world;

import org.jspecify.annotations.Nullable;

/** The context that travels with a request; where it is not sampled, nobody keeps the spans. */
record Trace(String traceId, String spanId, @Nullable String parentId, boolean sampled) {

    /** The context of something that this one brought about. */
    Trace child(String childSpanId) {
        return new Trace(traceId, childSpanId, spanId, sampled);
    }
}
