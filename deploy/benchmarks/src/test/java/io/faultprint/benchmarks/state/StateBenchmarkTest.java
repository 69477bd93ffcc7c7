package io.faultprint.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Measure;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Rounds;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateBenchmarkTest {

    private static Result run(Path folder) {
        try (Ground ground = new Ground(new Rounds(1), 5_000, folder, InstantSource.system(), what -> {})) {
            return new StateBenchmark().run(ground);
        }
    }

    @Test
    void eachThingCostsSomeBytesAndTheSameEveryTime(@TempDir Path first, @TempDir Path second) {
        Result result = run(first);

        assertThat(result.measures())
                .extracting(Measure::name)
                .containsExactly("service", "metric series", "signature", "cluster");
        assertThat(result.measures())
                .allSatisfy(measure -> assertThat(measure.spread().median()).isBetween(40.0, 4_000.0));
        assertThat(run(second)).isEqualTo(result);
    }

    @Test
    void whatIsFilledIsProportional(@TempDir Path folder) {
        List<Long> series = new ArrayList<>();
        for (int n : new int[] {10, 20, 30}) {
            series.add(new SignalsState().series(n, folder.resolve("n" + n)));
        }

        long once = series.get(1) - series.get(0);
        assertThat(series.get(2) - series.get(1)).isBetween(once * 9 / 10, once * 11 / 10);
    }
}
