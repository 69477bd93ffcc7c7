package io.faultprint.local;

import io.faultprint.chaos.ChaosReport;
import io.faultprint.chaos.ChaosRun;
import io.faultprint.chaos.ChaosSettings;
import io.faultprint.chaos.plan.Fault;
import io.faultprint.chaos.plan.Planned;
import io.faultprint.chaos.plan.Timetable;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        header = "Faultprint as processes under load and faults; then what came of every event.",
        description = "%nStarts a broker, OpenSearch and every stage as processes of their own, sends events that are"
                + " stamped and counted, brings faults about, and judges when all has come to rest: nothing lost,"
                + " nothing twice, the same as without faults. Ends with one table; exit code 1 when a promise was"
                + " broken. What each fault is: --list.%n")
final class ChaosCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--seed", paramLabel = "N", description = "What is done when; the same seed, the same faults.")
    private @Nullable Long seed;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How many runs, with one seed after the other (default ${DEFAULT-VALUE}).")
    private int runs = 1;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description =
                    "How long faults happen in a run (default ${DEFAULT-VALUE}); it takes about two minutes more.")
    private double minutes = 5;

    @Option(
            names = "--faults",
            paramLabel = "FAULT[:SECONDS]",
            split = ",",
            description =
                    "Which faults, or groups of them: kill (the default), stages, broker, store, model, input, disk,"
                            + " all, none.")
    private List<String> faults = List.of("kill");

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second, over all senders (default ${DEFAULT-VALUE}).")
    private int perSecond = 200;

    @Option(names = "--heap", paramLabel = "MB", description = "Heap of each stage (default ${DEFAULT-VALUE}).")
    private int heapMegabytes = 512;

    @Option(
            names = "--correlates",
            paramLabel = "N",
            description = "Instances of correlate (default ${DEFAULT-VALUE}).")
    private int correlates = 2;

    @Option(names = "--no-second-reading", description = "Leave out the undisturbed run that is compared with.")
    private boolean once;

    @Option(names = "--keep", description = "Keep data and logs of a run that kept every promise, too.")
    private boolean keep;

    @Option(names = "--list", description = "Show the faults there are.")
    private boolean list;

    private final Terminal terminal;

    ChaosCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (list) {
            for (Fault fault : Fault.values()) {
                terminal.line("%-20s %-7s %s"
                        .formatted(
                                fault.word(), fault.group().name().toLowerCase(java.util.Locale.ROOT), fault.about()));
            }
            return ExitCode.OK;
        }
        check();
        DataDirectory outer = DataDirectory.open(data.root());
        List<ChaosReport> reports = new ArrayList<>();
        long first = seed == null ? ThreadLocalRandom.current().nextInt(1, 100_000) : seed;
        DirectoryLock lock = DataDirectory.open(outer.chaos()).lock();
        try (lock) {
            for (long each : LongStream.range(first, first + runs).toArray()) {
                DataDirectory directory = fresh(outer, each);
                ChaosReport report = run(directory, each);
                terminal.lines(report.lines());
                if (report.kept() && !keep) {
                    directory.wipe();
                }
                reports.add(report);
            }
        }
        if (runs > 1) {
            terminal.line("%d of %d runs kept every promise"
                    .formatted(reports.stream().filter(ChaosReport::kept).count(), runs));
        }
        return reports.stream().allMatch(ChaosReport::kept) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void check() {
        require(runs >= 1, "--runs " + runs + ": at least 1");
        require(minutes > 0 && minutes <= 10_000, "--minutes " + minutes + ": above 0, at most 10000 (default 5)");
        require(perSecond >= 40 && perSecond <= 100_000, "--rate " + perSecond + ": from 40 to 100000 (default 200)");
        require(heapMegabytes >= 128, "--heap " + heapMegabytes + ": at least 128 MB (default 512)");
        require(correlates >= 1 && correlates <= 8, "--correlates " + correlates + ": from 1 to 8 (default 2)");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new UsageError(otherwise);
        }
    }

    private static DataDirectory fresh(DataDirectory outer, long each) {
        DataDirectory directory = DataDirectory.at(outer.chaos().resolve("seed-" + each));
        if (directory.exists()) {
            directory.wipe();
        }
        return DataDirectory.open(directory.root());
    }

    private ChaosReport run(DataDirectory directory, long each) throws InterruptedException, IOException {
        Duration length = Duration.ofMillis(Math.round(minutes * 60_000));
        List<String> words = faults.equals(List.of("none")) ? List.of() : faults;
        List<Planned> timetable = Timetable.draw(each, length, words);
        boolean disks = timetable.stream().anyMatch(planned -> planned.fault().group() == Fault.Group.DISK);
        terminal.line("seed %d, %d faults in %.1f min; data and logs are in %s"
                .formatted(each, timetable.size(), minutes, directory.root()));
        List<String> leftOut = Timetable.leftOut(timetable, words);
        if (!leftOut.isEmpty()) {
            terminal.line("no time for " + String.join(", ", leftOut) + "; give more --minutes, or fewer --faults");
        }
        WorldSettings world =
                new WorldSettings(directory.root(), Nodes.here(), launcher(), heapMegabytes, correlates, disks);
        ChaosSettings settings = new ChaosSettings(each, length, perSecond, timetable, !once);
        return new ChaosRun(world, settings, InstantSource.system(), terminal::line).run();
    }

    /** The jar that this very command came from. */
    private static Path launcher() {
        Path jar = Path.of(
                System.getProperty("faultprint.root", ""), "deploy", "local", "target", "lib", "faultprint-local.jar");
        require(java.nio.file.Files.isRegularFile(jar), jar + ": not there; build it with mvn -DskipTests package");
        return jar.toAbsolutePath();
    }
}
