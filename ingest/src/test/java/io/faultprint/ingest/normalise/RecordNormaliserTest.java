package io.faultprint.ingest.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.event.SpanEvent;
import io.faultprint.ingest.Otlp;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordNormaliserTest {

    private static final long NOW = 1_700_000_000_500L;
    private static final long T = 1_700_000_000_000L;

    private final Normaliser normaliser = new Normaliser(new Redactor(new TokenKey("k")), Limits.DEFAULT);

    @Test
    void anEnvironmentIsEscapedAndTheFirstKnownInstanceCounts() {
        Resource resource = Resource.newBuilder()
                .addAttributes(Otlp.attribute("service.name", "cart"))
                .addAttributes(Otlp.attribute("deployment.environment", "eu/prod"))
                .addAttributes(Otlp.attribute("host.name", "node-1"))
                .addAttributes(Otlp.attribute("k8s.pod.name", "cart-7"))
                .addAttributes(Otlp.attribute("service.version", "2.1"))
                .build();

        Outcome.Parsed parsed =
                (Outcome.Parsed) outcomes(Otlp.logs(resource, Otlp.log(T, "x"))).get(0);

        LogEvent log = (LogEvent) parsed.event();
        assertThat(parsed.key()).isEqualTo("eu%2Fprod/cart");
        assertThat(log.getEnvelope().getEnvironment()).isEqualTo("eu%2Fprod");
        assertThat(log.getEnvelope().getInstance()).isEqualTo("cart-7");
        assertThat(log.getEnvelope().getVersion()).isEqualTo("2.1");
    }

    @Test
    void aLogWithoutATimeTakesTheTimeItWasObserved() {
        LogEvent log = log(Otlp.log(0, "x").setObservedTimeUnixNano((T - 7) * 1_000_000));

        assertThat(log.getEnvelope().getEventTime()).isEqualTo(T - 7);
        assertThat(log.getEnvelope().getClamped()).isNull();
        assertThat(log.getEnvelope().getReceivedAt()).isEqualTo(NOW);
    }

    @Test
    void theRecordsOwnSeverityWinsOverItsText() {
        assertThat(log(Otlp.log(T, "INFO x").setSeverityNumberValue(17)).getSeverityFrom())
                .isEqualTo(SeverityFrom.RECORD);
        assertThat(log(Otlp.log(T, "INFO x").setSeverityText("Error")).getSeverityNumber())
                .isEqualTo(17);
        assertThat(log(Otlp.log(T, "WARN x")).getSeverityFrom()).isEqualTo(SeverityFrom.TEXT);
        assertThat(log(Otlp.log(T, "hello")).getSeverityFrom()).isEqualTo(SeverityFrom.NONE);
    }

    @Test
    void anExceptionLeavesTheAttributesForItsOwnFields() {
        LogEvent log = log(Otlp.log(T, "failed")
                .addAttributes(Otlp.attribute("exception.type", "java.io.IOException"))
                .addAttributes(Otlp.attribute("exception.message", "for jane@example.com"))
                .addAttributes(Otlp.attribute("user.password", "x")));

        assertThat(log.getExceptionType()).isEqualTo("java.io.IOException");
        assertThat(log.getExceptionMessage()).matches("for <email:[0-9a-f]{8}>");
        assertThat(log.getAttributes()).containsOnlyKeys("user.password");
        assertThat(log.getAttributes().get("user.password")).startsWith("<secret:");
    }

    @Test
    void aSecretThatStraddlesTheBoundIsHiddenBeforeTheCut() {
        String body = "x".repeat(Limits.DEFAULT.bodyBytes() - 12) + " password=" + "Secret7".repeat(10);

        LogEvent log = log(Otlp.log(T, body));

        assertThat(log.getBody()).doesNotContain("Secret7");
        assertThat(log.getCutBytes()).isPositive();
    }

    @Test
    void moreAttributesThanTheBoundAreCounted() {
        var log = Otlp.log(T, "x");
        for (int i = 0; i < 70; i++) {
            log.addAttributes(Otlp.attribute("a" + i, i == 0 ? "long ".repeat(1000) : "v"));
        }

        LogEvent event = log(log);

        assertThat(event.getAttributes()).hasSize(64);
        assertThat(event.getAttributesCut()).isEqualTo(7);
    }

    @Test
    void aSpanEndsAtItsEventTimeAndTakesItsFirstException() {
        Span.Builder span = Otlp.span(3, T - 250, T)
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStatus(Status.newBuilder().setCodeValue(2).setMessage("boom"))
                .addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .addAttributes(Otlp.attribute("exception.type", "E1")))
                .addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .addAttributes(Otlp.attribute("exception.type", "E2")));

        SpanEvent event = (SpanEvent) ((Outcome.Parsed)
                        outcomes(Otlp.spans(Otlp.service("cart"), span)).get(0))
                .event();

        assertThat(event.getEnvelope().getEventTime()).isEqualTo(T);
        assertThat(event.getStartTime()).isEqualTo(T - 250);
        assertThat(event.getDurationNanos()).isEqualTo(250_000_000);
        assertThat(event.getExceptionType()).isEqualTo("E1");
        assertThat(event.getParentSpanId()).isNull();
    }

    @Test
    void spansThatCannotBeAreRejectedWithAReason() {
        List<Outcome> outcomes = outcomes(Otlp.spans(
                Otlp.service("cart"),
                Otlp.span(1, T, T - 1),
                Otlp.span(2, T, 0),
                Otlp.span(0, T, T),
                Otlp.span(4, T, T)));

        assertThat(outcomes.stream().map(o -> o instanceof Outcome.Rejected r ? r.cause() : null))
                .containsExactly(Cause.BAD_TIME, Cause.BAD_TIME, Cause.BAD_ID, null);
    }

    @Test
    void aPointWithNoRecordedValueIsDroppedByRule() {
        Metric metric = Metric.newBuilder()
                .setName("m")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder().setFlags(1)))
                .build();

        assertThat(outcomes(Otlp.metrics(Otlp.service("s"), metric)))
                .containsExactly(new Outcome.Dropped("no-recorded-value"));
    }

    @Test
    void jsonAndProtobufOfOnePayloadGiveEqualEvents() {
        String json = "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"s\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5B8EFFF798038103D269B633813FC60C\","
                + "\"spanId\":\"EEE19B7EC3C1B174\",\"parentSpanId\":\"EEE19B7EC3C1B173\",\"name\":\"n\",\"unknown\":[{}],"
                + "\"kind\":\"SPAN_KIND_SERVER\",\"startTimeUnixNano\":\"1700000000000000000\","
                + "\"endTimeUnixNano\":1700000000100000000,\"status\":{\"code\":2}}]}]}]}";

        Decoded.Request fromJson = (Decoded.Request)
                OtlpJson.read(Signal.TRACES, json.getBytes(StandardCharsets.UTF_8), Parts.upTo(1_000));
        Decoded.Request fromProtobuf = (Decoded.Request)
                OtlpProtobuf.read(Signal.TRACES, fromJson.message().toByteArray(), Parts.upTo(1_000));

        SpanEvent event =
                (SpanEvent) ((Outcome.Parsed) outcomes(fromJson.message()).get(0)).event();
        assertThat(event.getTraceId()).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(event.getParentSpanId()).isEqualTo("eee19b7ec3c1b173");
        assertThat(event.getKind()).isEqualTo(io.faultprint.event.SpanKind.SERVER);
        assertThat(outcomes(fromProtobuf.message())).isEqualTo(outcomes(fromJson.message()));
    }

    private LogEvent log(io.opentelemetry.proto.logs.v1.LogRecord.Builder log) {
        return (LogEvent)
                ((Outcome.Parsed) outcomes(Otlp.logs(Otlp.service("cart"), log)).get(0)).event();
    }

    private List<Outcome> outcomes(Message request) {
        List<Outcome> outcomes = new ArrayList<>();
        normaliser.normalise(request, new Source("door", NOW, null, 300_000, false), outcomes::add);
        return outcomes;
    }
}
