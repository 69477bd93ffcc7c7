package io.faultprint.local;

import io.faultprint.benchmarks.Benchmarks;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.BenchmarkReport;
import io.faultprint.benchmarks.measure.Comparison;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.HostFacts;
import io.faultprint.benchmarks.measure.Measure;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Rounds;
import io.faultprint.benchmarks.measure.Spread;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.evaluate.Workspace;
import io.faultprint.local.show.Table;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Logs;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "benchmark",
        header = "What Faultprint costs on this machine, beside something that does less.",
        description =
                "%nEach figure is the median of rounds in turn, with the least and the most; a ratio whose rounds lie more"
                        + " than 15 %% apart has no verdict. Starts a broker of its own in the data directory, and deletes everything"
                        + " at the end.%n")
final class BenchmarkCommand implements Callable<Integer> {

    private static final int MOST_ROUNDS = 1_000;
    private static final int LEAST_EVENTS = 1_000;
    private static final int MOST_EVENTS = 100_000_000;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these (default all; --list shows them).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show what can be measured, and measure nothing.")
    private boolean list;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds, and one before them that is left out (default ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--events", paramLabel = "N", description = "Events of a round (default ${DEFAULT-VALUE}).")
    private int events = 200_000;

    @Option(names = "--report", paramLabel = "FILE", description = "Write all of it here, as one JSON document.")
    private @Nullable Path report;

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    BenchmarkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        List<Benchmark> chosen = Benchmarks.named(names);
        if (list) {
            Table table = new Table("NAME", "WHAT");
            chosen.forEach(each -> table.row(each.name(), each.about()));
            terminal.lines(table.lines(terminal.style()));
            return ExitCode.OK;
        }
        check();
        DataDirectory directory = DataDirectory.open(data.root());
        Logs.textToFile(directory.log(), Logs.Level.WARN);
        try (Workspace workspace = Workspace.in(directory.root())) {
            measure(chosen, workspace.folder());
        }
        return ExitCode.OK;
    }

    private void check() {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new UsageError("--rounds " + rounds + ": must be from 1 to " + MOST_ROUNDS + " (default 5)");
        }
        if (events < LEAST_EVENTS || events > MOST_EVENTS) {
            throw new UsageError("--events " + events + ": must be from " + LEAST_EVENTS + " to " + MOST_EVENTS
                    + " (default 200000)");
        }
        if (report != null) {
            BenchmarkReport.check(report);
        }
    }

    private void measure(List<Benchmark> chosen, Path folder)
            throws IOException, ExecutionException, InterruptedException {
        InstantSource clock = InstantSource.system();
        BenchmarkReport all = new BenchmarkReport(clock.instant(), rounds, events, HostFacts.now(), Map.of());
        String[] current = {""};
        try (Ground ground = new Ground(
                new Rounds(rounds), events, folder, clock, what -> terminal.status(current[0] + ": " + what))) {
            for (Benchmark each : chosen) {
                current[0] = each.name();
                Result result = each.run(ground);
                terminal.line(each.name() + ": " + each.about());
                show(result);
                all = all.with(each.name(), result);
                // After each, so that what fails later takes nothing of it away.
                if (report != null) {
                    all.write(report);
                }
            }
        }
        terminal.line(all.host().words());
    }

    private void show(Result result) {
        Table table = new Table("MEDIAN", "LEAST", "MOST", "UNIT", "OF");
        for (Measure measure : result.measures()) {
            Spread spread = measure.spread();
            table.row(
                    number(spread.median()),
                    number(spread.least()),
                    number(spread.most()),
                    measure.unit(),
                    measure.name());
        }
        terminal.lines(table.lines(terminal.style()));
        for (Comparison comparison : result.comparisons()) {
            Spread spread = comparison.spread();
            terminal.line("%s: %s to %s, median %s; %s"
                    .formatted(
                            comparison.name(),
                            number(spread.least()),
                            number(spread.most()),
                            number(spread.median()),
                            comparison.verdict().words()));
        }
        terminal.line("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
    }
}
