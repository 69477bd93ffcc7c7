package io.faultprint.benchmarks.load;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.SeverityFrom;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.event.Temporality;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Events as ingest writes them, of one environment and through one door. */
public final class Events {

    private static final String ENVIRONMENT = "prod";
    private static final String DOOR = "door";
    private static final int INFO = 9;

    /** An event with its topic and its key. */
    public record Keyed(Topic topic, String key, SpecificRecord value) {}

    private Events() {}

    /** Who says it, and when. The position is the event's number; a hundred in a row are one batch. */
    public static Envelope envelope(String service, String instance, long time, int position) {
        return new Envelope(
                ENVIRONMENT,
                service,
                instance,
                "1.0",
                time,
                DOOR,
                "batch-" + position / 100,
                position % 100,
                time,
                null);
    }

    /** A line of severity INFO. */
    public static Keyed log(Envelope envelope, String body, String thread) {
        LogEvent log = LogEvent.newBuilder()
                .setEnvelope(envelope)
                .setSeverityNumber(INFO)
                .setSeverityFrom(SeverityFrom.RECORD)
                .setBody(body)
                .setAttributes(Map.of("thread", thread))
                .build();
        return new Keyed(Topics.LOGS, Keys.service(ENVIRONMENT, envelope.getService()), log);
    }

    /** A point of a gauge. */
    public static Keyed gauge(Envelope envelope, String name, double value) {
        MetricEvent point = MetricEvent.newBuilder()
                .setEnvelope(envelope)
                .setName(name)
                .setKind(MetricKind.GAUGE)
                .setTemporality(Temporality.UNSPECIFIED)
                .setValue(value)
                .build();
        return new Keyed(Topics.METRICS, Keys.service(ENVIRONMENT, envelope.getService()), point);
    }

    /** The span of this number in a trace; each but the first is a child of the one before it. */
    public static Keyed span(Envelope envelope, String trace, int number) {
        SpanEvent span = SpanEvent.newBuilder()
                .setEnvelope(envelope)
                .setTraceId(trace)
                .setSpanId("%016x".formatted(number + 1))
                .setParentSpanId(number == 0 ? null : "%016x".formatted(number))
                .setName("POST /" + envelope.getService())
                .setKind(SpanKind.SERVER)
                .setStartTime(envelope.getEventTime() - 20)
                .setDurationNanos(20_000_000L)
                .setStatus(SpanStatus.UNSET)
                .build();
        return new Keyed(Topics.SPANS, Keys.trace(ENVIRONMENT, trace), span);
    }

    /** The door's word that nothing before {@code watermark} follows. */
    public static Heartbeat beat(long from, long watermark, boolean last) {
        return new Heartbeat(DOOR, 1L, from, watermark, last, false);
    }
}
