package io.faultprint.correlate.topology.signals;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.AlertStatus;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.ChangeKind;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.SeverityFrom;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.event.Temporality;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events for tests, as ingest writes them. */
public final class Events {

    /** The start of a window, and of the tests' time. */
    public static final long ZERO = 1_700_000_000_000L;

    static final int INFO = 9;
    static final int ERROR = 17;

    private Events() {}

    /** Start of the window with this number. */
    public static long at(int window) {
        return ZERO + window * 10_000L;
    }

    static Envelope envelope(String environment, String service, long time) {
        return Envelope.newBuilder()
                .setEnvironment(environment)
                .setService(service)
                .setEventTime(time)
                .setDoor("door")
                .setIndex(0)
                .setReceivedAt(time)
                .build();
    }

    static LogEvent log(Envelope envelope, int severity, String body) {
        return LogEvent.newBuilder()
                .setEnvelope(envelope)
                .setSeverityNumber(severity)
                .setSeverityFrom(SeverityFrom.RECORD)
                .setBody(body)
                .build();
    }

    /** A line that is no error. */
    public static LogEvent info(String service, long time, String body) {
        return log(envelope("prod", service, time), INFO, body);
    }

    /** A line that is an error. */
    public static LogEvent error(String service, long time, String body) {
        return log(envelope("prod", service, time), ERROR, body);
    }

    /** The same event as a position in a sender's batch. */
    public static LogEvent inBatch(LogEvent event, String batch, int index) {
        return LogEvent.newBuilder(event)
                .setEnvelope(Envelope.newBuilder(event.getEnvelope())
                        .setSenderBatchId(batch)
                        .setIndex(index)
                        .build())
                .build();
    }

    /** A level of a service. */
    public static MetricEvent gauge(String service, long time, double value) {
        return metric(service, "pod-1", time, MetricKind.GAUGE, value);
    }

    static MetricEvent named(MetricEvent point, String name) {
        return MetricEvent.newBuilder(point).setName(name).build();
    }

    /** A cumulative series by name. */
    public static MetricEvent counter(String service, long time, String name, double value) {
        return named(metric(service, "pod-1", time, MetricKind.COUNTER, value), name);
    }

    static MetricEvent metric(String service, String instance, long time, MetricKind kind, Object value) {
        return MetricEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder(envelope("prod", service, time))
                        .setInstance(instance)
                        .build())
                .setName("jobs")
                .setKind(kind)
                .setTemporality(Temporality.CUMULATIVE)
                .setValue(value)
                .build();
    }

    /** A span of the service that ended then. */
    public static SpanEvent span(
            String service, String trace, String id, @Nullable String parent, long end, long millis, boolean failed) {
        return SpanEvent.newBuilder()
                .setEnvelope(envelope("prod", service, end))
                .setTraceId(trace)
                .setSpanId(id)
                .setParentSpanId(parent)
                .setName("GET /")
                .setKind(SpanKind.SERVER)
                .setStartTime(end - millis)
                .setDurationNanos(millis * 1_000_000)
                .setStatus(failed ? SpanStatus.ERROR : SpanStatus.UNSET)
                .build();
    }

    /** A deployment. */
    public static ChangeEvent change(String id, long time, String... services) {
        return ChangeEvent.newBuilder()
                .setEnvelope(envelope("prod", "", time))
                .setId(id)
                .setKind(ChangeKind.DEPLOY)
                .setServices(List.of(services))
                .setWhat("deploy " + id)
                .build();
    }

    /** A change about which much is said. */
    /** As many series as a snapshot tells, name and unit as long as both may be: more than Kafka takes as one record. */
    public static List<SpecificRecord> longNames(String service, long time) {
        String text = "長".repeat(1_000);
        return IntStream.range(0, 200)
                .<SpecificRecord>mapToObj(i -> MetricEvent.newBuilder(gauge(service, time, i))
                        .setName("jobs." + i + text)
                        .setUnit(text)
                        .build())
                .toList();
    }

    static AlertEvent alert(String id, long time, String... services) {
        return AlertEvent.newBuilder()
                .setEnvelope(envelope("prod", "", time))
                .setId(id)
                .setName("TooManyErrors")
                .setStatus(AlertStatus.FIRING)
                .setServices(List.of(services))
                .build();
    }
}
