package io.faultprint.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long MILLI = 1_000_000;

    @Test
    void aStallCountsForEveryRequestThatWasDueInIt() {
        AtomicLong now = new AtomicLong(0);
        Schedule schedule = new Schedule(0, 10 * MILLI, now::get);
        Latencies latencies = new Latencies();

        // The sender is held up for 100 ms; what it then sends is answered at once.
        now.set(100 * MILLI);
        for (int request = 0; request <= 10; request++) {
            schedule.await(request);
            latencies.add(schedule.millisSince(request));
        }

        assertThat(latencies.percentile(1)).isEqualTo(100);
        assertThat(latencies.percentile(0.5)).isEqualTo(50);
    }

    @Test
    void aRequestIsNotSentBeforeItIsDue() {
        AtomicLong now = new AtomicLong(0);
        Schedule schedule = new Schedule(0, 10 * MILLI, () -> now.getAndAdd(MILLI));

        schedule.await(3);

        assertThat(now.get()).isGreaterThan(30 * MILLI);
    }

    @Test
    void percentilesAreNearestRanks() {
        Latencies latencies = new Latencies();
        IntStream.rangeClosed(1, 200).forEach(latencies::add);

        assertThat(latencies.percentile(0.5)).isEqualTo(100);
        assertThat(latencies.percentile(0.99)).isEqualTo(198);
        assertThat(latencies.percentile(1)).isEqualTo(200);
        assertThatThrownBy(() -> new Latencies().percentile(0.5)).hasMessage("no latency was measured");
    }
}
