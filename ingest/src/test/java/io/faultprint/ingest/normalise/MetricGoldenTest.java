package io.faultprint.ingest.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.MetricEvent;
import io.faultprint.ingest.Otlp;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One point of each kind, as JSON in and as our record out. */
class MetricGoldenTest {

    private static final Normaliser NORMALISER = new Normaliser(new Redactor(new TokenKey("k")), Limits.DEFAULT);
    private static final Source SOURCE = new Source("door", 1_700_000_000_500L, null, 300_000, false);

    record Golden(String metric, String event) {}

    static Stream<Golden> kinds() {
        String times = "\"startTimeUnixNano\":\"1699999990000000000\",\"timeUnixNano\":\"1700000000000000000\"";
        return Stream.of(
                new Golden(
                        "\"gauge\":{\"dataPoints\":[{" + times + ",\"asDouble\":0.5}]}",
                        "\"kind\": \"GAUGE\", \"temporality\": \"UNSPECIFIED\", \"startTime\": null, \"attributes\": {}, \"value\": 0.5"),
                new Golden(
                        "\"sum\":{\"isMonotonic\":true,\"aggregationTemporality\":2,\"dataPoints\":[{" + times
                                + ",\"asInt\":\"7\",\"attributes\":[{\"key\":\"code\",\"value\":{\"intValue\":200}}]}]}",
                        "\"kind\": \"COUNTER\", \"temporality\": \"CUMULATIVE\", \"startTime\": 1699999990000, \"attributes\": {\"code\": \"200\"}, \"value\": 7.0"),
                new Golden(
                        "\"sum\":{\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_DELTA\",\"dataPoints\":[{"
                                + times + ",\"asInt\":-3}]}",
                        "\"kind\": \"UP_DOWN_COUNTER\", \"temporality\": \"DELTA\", \"startTime\": 1699999990000, \"attributes\": {}, \"value\": -3.0"),
                new Golden(
                        "\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{" + times
                                + ",\"count\":\"3\",\"sum\":4.5,\"min\":1,\"max\":2,\"bucketCounts\":[\"1\",\"2\"],\"explicitBounds\":[1.5]}]}",
                        "\"kind\": \"HISTOGRAM\", \"temporality\": \"DELTA\", \"startTime\": 1699999990000, \"attributes\": {}, \"value\": {\"count\": 3, \"sum\": 4.5, \"min\": 1.0, \"max\": 2.0, \"bounds\": [1.5], \"counts\": [1, 2], \"exponentialScale\": null}"),
                new Golden(
                        "\"exponentialHistogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{" + times
                                + ",\"count\":10,\"scale\":0,\"zeroCount\":1,\"positive\":{\"offset\":1,\"bucketCounts\":[0,2,3]},\"negative\":{\"offset\":0,\"bucketCounts\":[4]}}]}",
                        "\"kind\": \"HISTOGRAM\", \"temporality\": \"CUMULATIVE\", \"startTime\": 1699999990000, \"attributes\": {}, \"value\": {\"count\": 10, \"sum\": null, \"min\": null, \"max\": null, \"bounds\": [-2.0, -1.0, 4.0, 8.0, 16.0], \"counts\": [0, 4, 1, 2, 3, 0], \"exponentialScale\": 0}"),
                new Golden(
                        "\"summary\":{\"dataPoints\":[{" + times
                                + ",\"count\":\"5\",\"sum\":9,\"quantileValues\":[{\"quantile\":0.99,\"value\":3},{\"quantile\":0.5,\"value\":1}]}]}",
                        "\"kind\": \"SUMMARY\", \"temporality\": \"CUMULATIVE\", \"startTime\": 1699999990000, \"attributes\": {}, \"value\": {\"count\": 5, \"sum\": 9.0, \"quantiles\": [{\"quantile\": 0.5, \"value\": 1.0}, {\"quantile\": 0.99, \"value\": 3.0}]}"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindBecomesItsRecord(Golden golden) {
        Decoded.Request request = json(golden.metric);

        assertThat(events(request))
                .singleElement()
                .satisfies(event -> assertThat(event.toString())
                        .contains("\"name\": \"m\", \"unit\": \"s\", ")
                        .contains("\"eventTime\": 1700000000000")
                        .contains(golden.event));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void jsonAndProtobufGiveEqualRecords(Golden golden) {
        Decoded.Request json = json(golden.metric);

        Decoded.Request protobuf = (Decoded.Request)
                OtlpProtobuf.read(Signal.METRICS, json.message().toByteArray(), Parts.upTo(1_000));

        assertThat(events(protobuf)).isEqualTo(events(json));
    }

    @Test
    void manyExponentialBucketsAreMergedInPairsAndNoneIsLost() {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(1_700_000_000_000_000_000L)
                .setScale(6)
                .setCount(1000);
        for (int i = 0; i < 500; i++) {
            point.getPositiveBuilder().addBucketCounts(1);
            point.getNegativeBuilder().addBucketCounts(1);
        }
        Metric metric = Metric.newBuilder()
                .setName("m")
                .setExponentialHistogram(ExponentialHistogram.newBuilder().addDataPoints(point))
                .build();

        List<MetricEvent> events = events(new Decoded.Request(Otlp.metrics(Otlp.service("s"), metric), List.of()));

        io.faultprint.event.Histogram histogram =
                (io.faultprint.event.Histogram) events.get(0).getValue();
        assertThat(histogram.getCounts()).hasSizeLessThanOrEqualTo(Limits.BUCKETS);
        assertThat(histogram.getCounts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1000);
        assertThat(histogram.getBounds())
                .isSorted()
                .hasSize(histogram.getCounts().size() - 1);
    }

    private static Decoded.Request json(String data) {
        String request = "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"s\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"unit\":\"s\"," + data
                + "}]}]}]}";
        return (Decoded.Request)
                OtlpJson.read(Signal.METRICS, request.getBytes(StandardCharsets.UTF_8), Parts.upTo(1_000));
    }

    private static List<MetricEvent> events(Decoded.Request request) {
        List<MetricEvent> events = new ArrayList<>();
        NORMALISER.normalise(
                request.message(), SOURCE, outcome -> events.add((MetricEvent) ((Outcome.Parsed) outcome).event()));
        return events;
    }
}
