package io.faultprint.benchmarks.state;

import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Measure;
import io.faultprint.benchmarks.measure.Result;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes of state for each service, metric series, signature and cluster: n of them and 2n, the difference by n. The same
 * on every machine and in every round, so it is done once.
 */
public final class StateBenchmark implements Benchmark {

    /** Twice as many are still within the bounds of one partition. */
    private static final int MOST = 400;

    private static final int LEAST = 10;
    private static final int EVENTS_FOR_ONE = 500;

    private interface Filled {
        long bytes(int count, Path folder);
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public String about() {
        return "bytes in the state stores for each service, series, signature and cluster";
    }

    @Override
    public Result run(Ground ground) {
        return Result.of(List.of(
                each("service", ground, (count, folder) -> new SignalsState().services(count, folder)),
                each("metric series", ground, (count, folder) -> new SignalsState().series(count, folder)),
                each("signature", ground, (count, folder) -> new SignalsState().signatures(count, folder)),
                each("cluster", ground, (count, folder) -> new IncidentsState().clusters(count, folder))));
    }

    private static Measure each(String what, Ground ground, Filled filled) {
        ground.tell(what);
        int n = Math.max(LEAST, Math.min(MOST, ground.events() / EVENTS_FOR_ONE));
        long once = filled.bytes(n, ground.folder(ground.fresh("state")));
        long twice = filled.bytes(2 * n, ground.folder(ground.fresh("state")));
        return Measure.of(what, "bytes", (twice - once) / (double) n);
    }
}
