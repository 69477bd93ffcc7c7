package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.faultprint.event.Envelope;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A request is read or refused, and every record of one that is read has one outcome, in order. */
final class OtlpTarget {

    static final Normaliser NORMALISER = new Normaliser(new Redactor(new TokenKey("a key for tests")), Limits.DEFAULT);

    private static final long NOW = 1_700_000_000_000L;
    private static final long FUTURE = 300_000;
    private static final Source SOURCE = new Source("door", NOW, null, FUTURE, false);
    private static final List<Signal> SIGNALS = List.of(Signal.LOGS, Signal.METRICS, Signal.TRACES);
    private static final int MOST_PARTS = 100_000;

    private OtlpTarget() {}

    static void json(byte[] input) {
        run(input, (signal, body) -> OtlpJson.read(signal, body, Parts.upTo(MOST_PARTS)));
    }

    static void protobuf(byte[] input) {
        run(input, (signal, body) -> OtlpProtobuf.read(signal, body, Parts.upTo(MOST_PARTS)));
    }

    private interface Reader {
        Decoded read(Signal signal, byte[] body);
    }

    /** The first byte chooses the signal, the rest is the body. */
    private static void run(byte[] input, Reader reader) {
        if (input.length == 0) {
            return;
        }
        Signal signal = SIGNALS.get((input[0] & 0xff) % SIGNALS.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        Bounded.run(input.length, () -> check(signal, reader.read(signal, body)));
    }

    private static void check(Signal signal, Decoded decoded) {
        if (decoded instanceof Decoded.Undecodable undecodable) {
            assertThat(undecodable.why()).isNotBlank().hasSizeLessThan(1_000).doesNotContain("\n");
        } else if (decoded instanceof Decoded.Request request) {
            List<Outcome> outcomes = new ArrayList<>();
            NORMALISER.normalise(request.message(), SOURCE, outcomes::add);
            assertThat(outcomes).hasSize(records(request.message()));
            outcomes.forEach(outcome -> check(signal, outcome));
            assertThat(outcomes.stream().flatMapToInt(OtlpTarget::index))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(request.spoiled()).allSatisfy(spoiled -> {
                assertThat(spoiled.why()).isNotBlank();
                assertThat(spoiled.original()).isNotEmpty();
            });
        }
    }

    private static void check(Signal signal, Outcome outcome) {
        if (outcome instanceof Outcome.Parsed parsed) {
            AvroTarget.roundTrip(parsed);
            Envelope envelope = envelope(parsed);
            assertThat(parsed.key()).startsWith(envelope.getEnvironment() + "/");
            assertThat(envelope.getEnvironment()).isNotBlank();
            assertThat(envelope.getService()).isNotBlank();
            assertThat(envelope.getEventTime()).isBetween(0L, NOW + FUTURE);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            assertThat(rejected.message()).isNotBlank().hasSizeLessThan(500);
            // A dead letter can be sent again: it is a whole request with this record alone.
            Decoded again = OtlpProtobuf.read(signal, rejected.original(), Parts.upTo(MOST_PARTS));
            assertThat(again).isInstanceOf(Decoded.Request.class);
            assertThat(records(((Decoded.Request) again).message())).isEqualTo(1);
        }
    }

    static Envelope envelope(Outcome.Parsed parsed) {
        return (Envelope) parsed.event()
                .get(parsed.event().getSchema().getField("envelope").pos());
    }

    private static IntStream index(Outcome outcome) {
        if (outcome instanceof Outcome.Parsed parsed) {
            return IntStream.of(envelope(parsed).getIndex());
        }
        return outcome instanceof Outcome.Rejected rejected ? IntStream.of(rejected.index()) : IntStream.empty();
    }

    /** How many outcomes a request must have, counted here and not by what is tested. */
    private static int records(Message message) {
        if (message instanceof ExportLogsServiceRequest logs) {
            return logs.getResourceLogsList().stream()
                    .flatMap(resource -> resource.getScopeLogsList().stream())
                    .mapToInt(scope -> scope.getLogRecordsCount())
                    .sum();
        } else if (message instanceof ExportTraceServiceRequest traces) {
            return traces.getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .mapToInt(scope -> scope.getSpansCount())
                    .sum();
        }
        return ((ExportMetricsServiceRequest) message)
                .getResourceMetricsList().stream()
                        .flatMap(resource -> resource.getScopeMetricsList().stream())
                        .flatMap(scope -> scope.getMetricsList().stream())
                        .mapToInt(OtlpTarget::points)
                        .sum();
    }

    private static int points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            default -> 1;
        };
    }
}
