package io.faultprint.scenario.world;

import org.jspecify.annotations.Nullable;

/** The context that travels with a request. */
record Trace(String traceId, String spanId, @Nullable String parentId) {}
