package io.faultprint.scenario.voice;

import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.signal.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One thing to say, before it has a form.
 *
 * @param resource who says it
 * @param timeNanos when
 * @param level how bad it is
 * @param part which part of the service says it
 * @param message in plain words, placeholders filled
 * @param failure what went wrong, or null
 * @param traceId null outside a request
 * @param spanId as traceId
 */
public record Moment(
        Resource resource,
        long timeNanos,
        Level level,
        String part,
        String message,
        @Nullable Failure failure,
        @Nullable String traceId,
        @Nullable String spanId) {}
