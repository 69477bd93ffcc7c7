package io.faultprint.benchmarks;

import io.faultprint.benchmarks.door.ForeignBenchmark;
import io.faultprint.benchmarks.door.IngestBenchmark;
import io.faultprint.benchmarks.latency.LatencyBenchmark;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.state.StateBenchmark;
import io.faultprint.benchmarks.store.IndexBenchmark;
import io.faultprint.benchmarks.streams.CorrelateBenchmark;
import io.faultprint.benchmarks.streams.GuaranteesBenchmark;
import io.faultprint.benchmarks.streams.IncidentsBenchmark;
import io.faultprint.benchmarks.streams.RestoreBenchmark;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every benchmark that there is. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new CorrelateBenchmark(),
            new IncidentsBenchmark(),
            new IndexBenchmark(),
            new IngestBenchmark(),
            new ForeignBenchmark(),
            new GuaranteesBenchmark(),
            new LatencyBenchmark(),
            new RestoreBenchmark(),
            new StateBenchmark());

    private Benchmarks() {}

    /** All of them, in the order in which they run. */
    public static List<Benchmark> all() {
        return ALL;
    }

    /**
     * Those with these names, each once and in their own order; all when none is named.
     *
     * @throws UsageError when there is none of a name
     */
    public static List<Benchmark> named(List<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new UsageError(name + ": no such benchmark; there are " + String.join(", ", known)
                        + Spelling.nearest(name, new TreeSet<>(known))
                                .map(near -> " (did you mean " + near + "?)")
                                .orElse(""));
            }
        }
        List<Benchmark> chosen = new ArrayList<>(ALL);
        chosen.removeIf(each -> !wanted.isEmpty() && !wanted.contains(each.name()));
        return List.copyOf(chosen);
    }
}
