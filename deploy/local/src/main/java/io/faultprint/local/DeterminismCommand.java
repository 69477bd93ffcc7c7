package io.faultprint.local;

import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.local.determinism.Determinism;
import io.faultprint.local.determinism.Finding;
import io.faultprint.local.determinism.Variant;
import io.faultprint.local.determinism.Variant.Feed;
import io.faultprint.local.show.Table;
import io.faultprint.local.show.Times;
import io.faultprint.node.NodePair;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Logs;
import io.faultprint.runtime.UsageError;
import io.faultprint.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "determinism",
        header = "Runs a recording in many ways, and tells whether all of them say the same, byte for byte.",
        description =
                "%nThe reference is one replay as fast as it can. Held against it: the same again; paced; four instances;"
                        + " and for each seed: lines and events out of order within the lateness, partitions drained in any"
                        + " order, instances closed and started, instances killed. Prints the first record that differs; exit"
                        + " code 1 when one does.%n")
final class DeterminismCommand implements Callable<Integer> {

    private static final Duration PACED = Duration.ofMinutes(1);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "OTLP/JSON lines, as for replay.")
    private List<Path> files = List.of();

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default ${DEFAULT-VALUE}).")
    private int seeds = 3;

    @Option(names = "--seed", paramLabel = "N", description = "The first of them (default ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Of the paced variant, as for replay (by default it takes about a minute).")
    private @Nullable String speed;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these variants: again, paced, instances, lines, events, partitions, restarts, kills.")
    private List<String> only = List.of();

    @Mixin
    private WindowOptions windows = new WindowOptions();

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    DeterminismCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Windows cut = windows.windows();
        List<Variant> variants = variants();
        files.forEach(ReplayCommand::check);
        DataDirectory outer = DataDirectory.open(data.root());
        DataDirectory directory = DataDirectory.at(outer.determinism());
        if (directory.exists()) {
            directory.lock().close();
            directory.wipe();
        }
        DataDirectory.open(directory.root());
        DirectoryLock lock = directory.lock();
        try (lock) {
            Logs.textToFile(directory.log(), Logs.Level.INFO);
            terminal.line("Keeps its data in " + directory.root() + "; " + variants.size() + " variants.");
            try (NodePair nodes = Nodes.both(directory.root())) {
                return compare(new Determinism(nodes, directory, cut, files), variants);
            }
        }
    }

    private int compare(Determinism determinism, List<Variant> variants)
            throws InterruptedException, ExecutionException {
        Table table = new Table("VARIANT", "SEED", "REVISIONS", "RECORDS", "TOOK", "RESULT");
        List<String> differences = new ArrayList<>();
        Determinism.Result result = determinism.run(
                variants,
                reference -> {
                    terminal.line("reference: %d incidents, %d of them recurrences, %d diagnoses"
                            .formatted(reference.incidents(), reference.recurrences(), reference.diagnoses()));
                    if (reference.incidents() == 0) {
                        terminal.trouble(
                                "faultprint determinism: no incident in this recording; little is proved by it");
                    }
                },
                finding -> terminal.line(finding.variant() + ": " + verdict(finding)));
        row(table, result.reference().finding(), "");
        for (Finding finding : result.findings()) {
            row(table, finding, verdict(finding));
            finding.difference().ifPresent(difference -> {
                differences.add(finding.variant() + ":");
                difference.text().forEach(line -> differences.add("  " + line));
            });
        }
        terminal.lines(table.lines(terminal.style()));
        differences.forEach(terminal::trouble);
        return result.allEqual() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void row(Table table, Finding finding, String verdict) {
        Variant variant = finding.variant();
        table.row(
                variant.name(),
                variant.seed() == 0 ? "" : Long.toString(variant.seed()),
                Long.toString(finding.revisions()),
                Long.toString(finding.records()),
                Times.length(finding.took().toMillis()),
                verdict);
    }

    private static String verdict(Finding finding) {
        return finding.difference()
                .map(difference -> "DIFFERS: " + difference.text().get(0))
                .orElse("equal");
    }

    private List<Variant> variants() {
        if (seeds < 0 || seeds > 1_000) {
            throw new UsageError("--seeds " + seeds + ": must be from 0 to 1000 (default 3)");
        }
        if (seed < 1 || seed > Integer.MAX_VALUE) {
            throw new UsageError("--seed " + seed + ": must be at least 1 (default 1)");
        }
        List<Long> all = LongStream.range(seed, seed + seeds).boxed().toList();
        Feed paced = speed == null ? new Feed.Lasting(PACED) : new Feed.Played(Speed.parse(speed));
        List<Variant> variants = Variant.all(paced, all);
        List<String> names = variants.stream().map(Variant::name).distinct().toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new UsageError("--only " + name + ": no such variant; there are " + String.join(", ", names));
            }
        }
        return only.isEmpty()
                ? variants
                : variants.stream().filter(each -> only.contains(each.name())).toList();
    }
}
