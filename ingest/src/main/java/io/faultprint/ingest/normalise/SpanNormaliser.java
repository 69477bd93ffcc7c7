package io.faultprint.ingest.normalise;

import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Topics;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Spans to span events; the event time of a span is its end. */
final class SpanNormaliser {

    private static final long NANOS = 1_000_000;

    private final Texts texts;
    private final Attributes attributes;
    private final Limits limits;

    SpanNormaliser(Texts texts, Limits limits) {
        this.texts = texts;
        this.attributes = new Attributes(texts, limits);
        this.limits = limits;
    }

    void normalise(ExportTraceServiceRequest request, Source source, Consumer<Outcome> sink) {
        int index = 0;
        for (ResourceSpans resource : request.getResourceSpansList()) {
            Origin origin = Origin.of(resource.getResource());
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    sink.accept(outcome(resource, scope, span, origin, source, index));
                    index++;
                }
            }
        }
    }

    private Outcome outcome(
            ResourceSpans resource, ScopeSpans scope, Span span, Origin origin, Source source, int index) {
        String traceId = LogNormaliser.id(span.getTraceId(), 16);
        String spanId = LogNormaliser.id(span.getSpanId(), 8);
        Refusal refusal = refusal(span, traceId, spanId, origin);
        if (refusal == null && traceId != null && spanId != null) {
            String key = Keys.trace(origin.environment(), traceId);
            return new Outcome.Parsed(Topics.SPANS, key, event(span, traceId, spanId, origin, source, index));
        }
        Refusal reason = refusal == null ? new Refusal(Cause.BAD_ID, "no ids") : refusal;
        return new Outcome.Rejected(
                reason.reason(), reason.message(), alone(resource, scope, span), origin.key(), index);
    }

    private static @Nullable Refusal refusal(
            Span span, @Nullable String traceId, @Nullable String spanId, Origin origin) {
        if (origin.refusal() != null) {
            return origin.refusal();
        }
        if (traceId == null || spanId == null) {
            String id = traceId == null
                    ? "trace id of " + span.getTraceId().size()
                    : "span id of " + span.getSpanId().size();
            return new Refusal(Cause.BAD_ID, "span '" + span.getName() + "': " + id + " bytes, or all zero");
        }
        if (span.getEndTimeUnixNano() == 0) {
            return new Refusal(Cause.BAD_TIME, "span " + spanId + " has no end");
        }
        long duration = span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
        if (duration < 0 || span.getEndTimeUnixNano() < span.getStartTimeUnixNano()) {
            return new Refusal(Cause.BAD_TIME, "span " + spanId + " ends before it starts");
        }
        return null;
    }

    private SpanEvent event(Span span, String traceId, String spanId, Origin origin, Source source, int index) {
        EventTimes.Timed end = EventTimes.ofPoint(span.getEndTimeUnixNano(), source);
        // A span without a start has no known duration; it counts as a moment.
        long duration = span.getStartTimeUnixNano() == 0 ? 0 : span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
        long start = end.clamped() == null && duration != 0
                ? Math.floorDiv(span.getStartTimeUnixNano(), NANOS)
                : end.time() - duration / NANOS;
        Attributes.Kept kept = attributes.of(span.getAttributesList());
        ExceptionFields exception = exception(span);
        return new SpanEvent(
                origin.envelope(end, source, index),
                traceId,
                spanId,
                LogNormaliser.id(span.getParentSpanId(), 8),
                texts.bounded(span.getName(), limits.attributeBytes()).text(),
                kind(span.getKindValue()),
                start,
                duration,
                status(span.getStatus().getCodeValue()),
                texts.bounded(span.getStatus().getMessage(), limits.attributeBytes())
                        .text(),
                kept.map(),
                kept.cut(),
                exception.type(),
                exception.message(),
                exception.stacktrace());
    }

    private ExceptionFields exception(Span span) {
        for (Span.Event event : span.getEventsList()) {
            if (event.getName().equals("exception")) {
                return ExceptionFields.of(event.getAttributesList(), texts, limits);
            }
        }
        return ExceptionFields.of(span.getAttributesList(), texts, limits);
    }

    private static SpanKind kind(int number) {
        return switch (number) {
            case 1 -> SpanKind.INTERNAL;
            case 2 -> SpanKind.SERVER;
            case 3 -> SpanKind.CLIENT;
            case 4 -> SpanKind.PRODUCER;
            case 5 -> SpanKind.CONSUMER;
            default -> SpanKind.UNSPECIFIED;
        };
    }

    private static SpanStatus status(int number) {
        return switch (number) {
            case 1 -> SpanStatus.OK;
            case 2 -> SpanStatus.ERROR;
            default -> SpanStatus.UNSET;
        };
    }

    private static byte[] alone(ResourceSpans resource, ScopeSpans scope, Span span) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Surroundings.of(resource.getResource()))
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .setScope(Surroundings.of(scope.getScope()))
                                .addSpans(span)))
                .build()
                .toByteArray();
    }
}
