package io.faultprint.correlate.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultprint.snapshot.LatencyBucket;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    private static final long A_DAY = 86_400_000_000_000L;

    @Property
    void aQuantileIsOffByFivePercentAtMost(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1_001, max = A_DAY) Long> durations,
            @ForAll @LongRange(min = 1, max = 100) long percent) {
        Latency latency = new Latency();
        durations.forEach(latency::add);

        int rank = (int) Math.ceil(percent / 100.0 * durations.size());
        double exact = durations.stream().sorted().toList().get(rank - 1) / 1e6;
        assertThat(latency.quantileMillis(percent / 100.0)).isCloseTo(exact, within(exact * 0.05));
    }

    @Property
    void partsAddUpToTheWholeInAnyOrder(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = A_DAY) Long> some,
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = A_DAY) Long> others) {
        Latency whole = new Latency();
        some.forEach(whole::add);
        others.forEach(whole::add);

        Latency parts = new Latency();
        parts.add(of(others));
        parts.add(of(some));

        assertThat(parts.rows()).isEqualTo(whole.rows());
        assertThat(whole.rows().stream().mapToLong(LatencyBucket::getCount).sum())
                .isEqualTo(some.size() + others.size());
    }

    @Test
    void nothingHasNoLatency() {
        assertThat(new Latency().quantileMillis(0.95)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 1_000, 1_001, Long.MAX_VALUE})
    void everyDurationHasABucket(long nanos) {
        assertThat(Latency.bucket(nanos)).isBetween(0, 320);
    }

    private static List<LatencyBucket> of(List<Long> durations) {
        Latency latency = new Latency();
        durations.forEach(latency::add);
        return latency.rows();
    }
}
