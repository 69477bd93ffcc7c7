package io.faultprint.ingest.replay;

import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.produce.DeadLetter;
import io.faultprint.ingest.produce.EventProducer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Where replayed lines go, and what became of them. One thread feeds it. */
final class ReplaySink {

    private static final Tally EVENT = new Tally(1, 0, 0);
    private static final Tally DEAD_LETTER = new Tally(0, 1, 0);
    private static final Tally DROPPED = new Tally(0, 0, 1);
    private static final String JSON = "application/json";

    /** Records of one line belong together; one that claims to be so much later has a broken clock. */
    private static final long LONGEST_LINE = Duration.ofHours(1).toMillis();

    private final EventProducer producer;
    private final Normaliser normaliser;
    private final LossCounters losses;
    private final Map<String, Long> received = new TreeMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private long events;
    private long clamped;
    private long lastTime = Long.MIN_VALUE;

    ReplaySink(EventProducer producer, Normaliser normaliser, LossCounters losses) {
        this.producer = producer;
        this.normaliser = normaliser;
        this.losses = losses;
    }

    /** @param now the event time reached, which is what a replay has for a clock */
    void line(Line line, long now) {
        failIfRefused();
        Source source = new Source(Replay.DOOR, now, null, LONGEST_LINE, true);
        Line.Content content = line.content();
        if (content instanceof Line.Request request) {
            String kind = kind(request);
            normaliser.normalise(request.message(), source, outcome -> take(outcome, kind, line, now));
            for (int i = 0; i < request.spoiled().size(); i++) {
                Decoded.Spoiled spoiled = request.spoiled().get(i);
                deadLetter(Cause.MALFORMED_RECORD, spoiled.why(), JSON, "", spoiled.original(), kind, line, i, now);
            }
        } else if (content instanceof Line.Changes changes) {
            for (int i = 0; i < changes.changes().size(); i++) {
                take(normaliser.change(changes.changes().get(i), source, i), "changes", line, now);
            }
        } else if (content instanceof Line.Bad bad) {
            deadLetter(bad.cause(), bad.why(), JSON, "", bad.original(), "unreadable", line, 0, now);
        }
    }

    private void take(Outcome outcome, String kind, Line line, long now) {
        if (outcome instanceof Outcome.Parsed parsed) {
            count(received, kind);
            losses.received(EVENT);
            events++;
            Envelope envelope = envelope(parsed.event());
            lastTime = Math.max(lastTime, envelope.getEventTime());
            clamped += envelope.getClamped() == null ? 0 : 1;
            producer.send(parsed, (metadata, problem) -> settled(EVENT, problem));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            deadLetter(
                    rejected.cause(),
                    rejected.message(),
                    "application/x-protobuf",
                    rejected.key(),
                    rejected.original(),
                    kind,
                    line,
                    rejected.index(),
                    now);
        } else {
            count(received, kind);
            losses.received(DROPPED);
            losses.settled(DROPPED);
        }
    }

    private void deadLetter(
            Cause cause,
            String why,
            String contentType,
            String key,
            byte[] original,
            String kind,
            Line line,
            int index,
            long now) {
        count(received, kind);
        count(deadLetters, cause.name());
        losses.received(DEAD_LETTER);
        DeadLetter letter =
                new DeadLetter(cause, why, Replay.DOOR, line.place(), index, now, contentType, key, original);
        producer.send(letter, (metadata, problem) -> settled(DEAD_LETTER, problem));
    }

    void heartbeat(Heartbeat heartbeat) {
        failIfRefused();
        producer.heartbeat((topic, partition) -> heartbeat, (topic, partition, problem) -> {
            if (problem != null) {
                refused.compareAndSet(null, problem);
            }
        });
    }

    private void settled(Tally tally, @Nullable Exception problem) {
        if (problem == null) {
            losses.settled(tally);
        } else {
            refused.compareAndSet(null, problem);
        }
    }

    ReplayResult finish(long coveredFrom, long last) {
        producer.flush();
        failIfRefused();
        return new ReplayResult(received, losses.loss(), deadLetters, clamped, coveredFrom, last);
    }

    long events() {
        return events;
    }

    /** The last event time seen; {@code Long.MIN_VALUE} before the first. */
    long lastTime() {
        return lastTime;
    }

    /** A replay with a hole in it would be another replay: it ends instead. */
    private void failIfRefused() {
        Exception problem = refused.get();
        if (problem != null) {
            throw new IllegalStateException("Kafka did not take a replayed record: " + problem.getMessage(), problem);
        }
    }

    private static void count(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }

    private static String kind(Line.Request request) {
        if (request.message() instanceof ExportLogsServiceRequest) {
            return "logs";
        }
        return request.message() instanceof ExportMetricsServiceRequest ? "metrics" : "spans";
    }

    private static Envelope envelope(SpecificRecord event) {
        if (event instanceof LogEvent log) {
            return log.getEnvelope();
        } else if (event instanceof MetricEvent metric) {
            return metric.getEnvelope();
        } else if (event instanceof SpanEvent span) {
            return span.getEnvelope();
        } else if (event instanceof ChangeEvent change) {
            return change.getEnvelope();
        }
        throw new IllegalStateException(event.getSchema().getFullName());
    }
}
