package io.faultprint.correlate.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultprint.correlate.state.CounterRow;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.event.Envelope;
import io.faultprint.event.Histogram;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.Summary;
import io.faultprint.event.Temporality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From points to one value per series: {@link PointSum} and {@link SeriesTotals} together. */
class SeriesTotalsTest {

    private static final long WINDOW = 10_000;

    private final Counters counters = new Counters();

    @Test
    void aGaugeIsTheMeanOverPointsAndInstances() {
        List<SeriesValue> values = window(
                point("a", 1, MetricKind.GAUGE, Temporality.UNSPECIFIED, 1.0),
                point("a", 2, MetricKind.GAUGE, Temporality.UNSPECIFIED, 3.0),
                point("b", 1, MetricKind.GAUGE, Temporality.UNSPECIFIED, 8.0));

        assertThat(values).containsExactly(new SeriesValue("m", "1", MetricKind.GAUGE, 4.0, 3));
    }

    @Test
    void aCumulativeCounterIsARateSinceItsLastPoint() {
        assertThat(window(counter("a", 1_000, 100.0))).isEmpty();

        assertThat(window(counter("a", 6_000, 120.0), counter("a", 11_000, 150.0)))
                .containsExactly(new SeriesValue("m", "1/s", MetricKind.COUNTER, 5.0, 2));
    }

    @Test
    void ratesOfInstancesAddUpAndANewOneWaitsForItsSecondWindow() {
        window(counter("a", 1_000, 0.0));

        assertThat(window(counter("a", 11_000, 50.0), counter("b", 11_000, 1e9)))
                .extracting(SeriesValue::value)
                .containsExactly(5.0);
        assertThat(window(counter("a", 21_000, 100.0), counter("b", 21_000, 1e9 + 20)))
                .extracting(SeriesValue::value)
                .containsExactly(7.0);
    }

    @Test
    void aCounterThatBeganAnewCountsFromZero() {
        window(counter("a", 1_000, 1_000.0));

        assertThat(window(counter("a", 11_000, 30.0)))
                .extracting(SeriesValue::value)
                .containsExactly(3.0);
    }

    @Test
    void aCounterThatBeganAnewAndIsAlreadyHigherIsKnownByItsStart() {
        window(counter("a", 1_000, 10.0));
        MetricEvent restarted = MetricEvent.newBuilder(counter("a", 11_000, 40.0))
                .setStartTime(5_000L)
                .build();

        assertThat(window(restarted)).extracting(SeriesValue::value).containsExactly(4.0);
    }

    @Test
    void aCounterWithoutANewerPointSaysNothing() {
        window(counter("a", 11_000, 10.0));

        assertThat(window(counter("a", 11_000, 10.0))).isEmpty();
    }

    @Test
    void aDeltaIsARateOverTheWindow() {
        assertThat(window(
                        point("a", 1, MetricKind.COUNTER, Temporality.DELTA, 20.0),
                        point("a", 2, MetricKind.COUNTER, Temporality.DELTA, 30.0)))
                .extracting(SeriesValue::value, SeriesValue::unit)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(5.0, "1/s"));
    }

    @Test
    void aHistogramIsItsMeanAndARate() {
        assertThat(window(
                        point("a", 1, MetricKind.HISTOGRAM, Temporality.DELTA, histogram(4, 10.0)),
                        point("a", 2, MetricKind.HISTOGRAM, Temporality.DELTA, histogram(6, 40.0))))
                .extracting(SeriesValue::series, SeriesValue::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("m", 5.0),
                        org.assertj.core.groups.Tuple.tuple("m.rate", 1.0));
    }

    @Test
    void aCumulativeHistogramIsTheMeanOfWhatWasAdded() {
        window(point("a", 1_000, MetricKind.HISTOGRAM, Temporality.CUMULATIVE, histogram(100, 1_000.0)));

        assertThat(window(point("a", 11_000, MetricKind.HISTOGRAM, Temporality.CUMULATIVE, histogram(110, 1_030.0))))
                .extracting(SeriesValue::series, SeriesValue::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("m", 3.0),
                        org.assertj.core.groups.Tuple.tuple("m.rate", 1.0));
    }

    @Test
    void aHistogramToWhichNothingWasAddedHasARateAndNoMean() {
        window(point("a", 1_000, MetricKind.HISTOGRAM, Temporality.CUMULATIVE, histogram(100, 1_000.0)));

        assertThat(window(point("a", 11_000, MetricKind.HISTOGRAM, Temporality.CUMULATIVE, histogram(100, 1_000.0))))
                .extracting(SeriesValue::series, SeriesValue::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("m.rate", 0.0));
    }

    @Test
    void aHistogramWhoseSumNobodyKnowsHasARateAndNoMean() {
        assertThat(window(point("a", 1, MetricKind.HISTOGRAM, Temporality.DELTA, histogram(5, null))))
                .extracting(SeriesValue::series, SeriesValue::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("m.rate", 0.5));
    }

    @Test
    void aSummaryIsTheMeanOfWhatWasAdded() {
        window(point("a", 1_000, MetricKind.SUMMARY, Temporality.UNSPECIFIED, new Summary(10L, 100.0, List.of())));

        assertThat(window(point(
                        "a", 11_000, MetricKind.SUMMARY, Temporality.UNSPECIFIED, new Summary(12L, 106.0, List.of()))))
                .extracting(SeriesValue::series, SeriesValue::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("m", 3.0),
                        org.assertj.core.groups.Tuple.tuple("m.rate", (double) 0.2f));
    }

    @Test
    void theGreatestNumbersStayNumbers() {
        List<SeriesValue> values = window(
                point("a", 1, MetricKind.GAUGE, Temporality.UNSPECIFIED, Double.MAX_VALUE),
                point("a", 2, MetricKind.GAUGE, Temporality.UNSPECIFIED, Double.MAX_VALUE),
                point("b", 2, MetricKind.GAUGE, Temporality.UNSPECIFIED, -Double.MAX_VALUE));

        assertThat(values.get(0).value()).isFinite();
    }

    @Property
    void theOrderOfPointsDoesNotShow(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1e12, max = 1e12) Double> values,
            @ForAll long seed) {
        List<MetricEvent> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            // Equal times, and senders that cannot agree on unit and kind.
            points.add(MetricEvent.newBuilder(point(
                            "a",
                            i / 3,
                            i % 5 == 0 ? MetricKind.COUNTER : MetricKind.GAUGE,
                            Temporality.CUMULATIVE,
                            values.get(i)))
                    .setUnit(i % 2 == 0 ? "s" : "ms")
                    .build());
        }
        List<MetricEvent> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, new Random(seed));

        PointRow one = row(points);
        PointRow other = row(shuffled);

        assertThat(other.getSumHigh() + other.getSumLow())
                .isCloseTo(one.getSumHigh() + one.getSumLow(), within(Math.ulp(1e13)));
        assertThat(withoutSums(other)).isEqualTo(withoutSums(one));
    }

    private static PointRow withoutSums(PointRow row) {
        return PointRow.newBuilder(row).setSumHigh(0).setSumLow(0).build();
    }

    private static PointRow row(List<MetricEvent> points) {
        PointRow row = PointSum.add(null, points.get(0));
        for (MetricEvent point : points.subList(1, points.size())) {
            row = PointSum.add(row, point);
        }
        return row;
    }

    private List<SeriesValue> window(MetricEvent... points) {
        Map<String, PointRow> rows = new java.util.TreeMap<>();
        for (MetricEvent point : points) {
            String instance = point.getEnvelope().getInstance();
            rows.put(instance, PointSum.add(rows.get(instance), point));
        }
        SeriesTotals totals = new SeriesTotals(counters, WINDOW);
        rows.forEach((instance, row) -> totals.add("m", instance, row));
        return totals.values();
    }

    private static MetricEvent counter(String instance, long time, double value) {
        return point(instance, time, MetricKind.COUNTER, Temporality.CUMULATIVE, value);
    }

    private static Histogram histogram(long count, @Nullable Double sum) {
        return Histogram.newBuilder().setCount(count).setSum(sum).build();
    }

    private static MetricEvent point(
            String instance, long time, MetricKind kind, Temporality temporality, Object value) {
        return MetricEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setEnvironment("prod")
                        .setService("web")
                        .setInstance(instance)
                        .setEventTime(time)
                        .setDoor("d")
                        .setIndex(0)
                        .setReceivedAt(time)
                        .build())
                .setName("m")
                .setUnit("1")
                .setKind(kind)
                .setTemporality(temporality)
                .setValue(value)
                .build();
    }

    private static final class Counters implements SeriesTotals.Counters {

        private final Map<String, CounterRow> rows = new HashMap<>();

        @Override
        public @Nullable CounterRow get(String series, String instance) {
            return rows.get(series + instance);
        }

        @Override
        public void put(String series, String instance, CounterRow row) {
            rows.put(series + instance, row);
        }
    }
}
