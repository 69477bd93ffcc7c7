package io.faultprint.local.evaluate;

import io.faultprint.evaluate.truth.Case;
import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.ScenarioExport;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One run of a scenario.
 *
 * @param name of the scenario
 * @param seed what its ranges are drawn from
 */
record Simulated(String name, Scenario scenario, long seed) {

    /** A Monday morning; the rhythm of a day is in the scenario. */
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private static final int USUAL_MINUTES = 30;

    /** Simulates all of them, several at once, each into a folder of its own. */
    static List<Case> write(List<Simulated> runs, Path folder, int threads) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, runs.size())));
        try {
            List<Future<Case>> written = new ArrayList<>();
            runs.forEach(run -> written.add(pool.submit(() -> run.write(folder))));
            List<Case> cases = new ArrayList<>();
            for (Future<Case> each : written) {
                cases.add(each.get());
            }
            return cases;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException disk) {
                throw new UsageError("a scenario could not be written to " + folder + ": " + disk, disk);
            }
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Case write(Path parent) throws IOException {
        Path folder = parent.resolve(name + "-" + seed);
        int minutes = scenario.minutes() > 0 ? scenario.minutes() : USUAL_MINUTES;
        ScenarioExport.write(scenario, Settings.filling(seed, minutes, true), START, minutes * 60, folder, true);
        return Case.of(folder);
    }
}
