package io.faultprint.local;

import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.replay.ReplayProgress;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.replay.Gathered;
import io.faultprint.local.replay.ReplayRun;
import io.faultprint.local.show.IncidentTable;
import io.faultprint.local.show.Times;
import io.faultprint.local.up.LocalFaultprint;
import io.faultprint.local.up.Plan;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        header = "Recorded telemetry through the whole of Faultprint, in event time, as a run of its own.",
        description =
                "%nReads OTLP/JSON lines, plain or gzip, as the OpenTelemetry Collector's file exporter writes them; several"
                        + " files are merged by time. What comes out is the same at every --speed. Ends with where every event went; exit code 1 when an equation does not hold.%n")
final class ReplayCommand implements Callable<Integer> {

    private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("'replay-'yyyyMMdd-HHmmss");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "OTLP/JSON lines; endings do not matter.")
    private List<Path> files = List.of();

    @Option(
            names = "--incidents",
            paramLabel = "OUT",
            description = "Write every incident revision here, one JSON object per line.")
    private @Nullable Path out;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "Seconds of event time per second: 1 as it was, 10 ten times as fast, 0.5 half as fast; max, the"
                            + " default, as fast as it can. Gaps are waited through.")
    private String speed = "max";

    @Mixin
    private WindowOptions windows = new WindowOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions servers = new ServerOptions();

    private final Terminal terminal;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Speed pace = Speed.parse(speed);
        Windows cut = windows.windows();
        files.forEach(ReplayCommand::check);
        Path partial = out == null ? null : beside(out);
        DataDirectory directory = DataDirectory.open(data.root());
        IngestConfig ingest = new ConfigLoader("ingest", List.of(IngestConfig.class))
                .load(List.of(), System.getenv())
                .get(IngestConfig.class);
        Plan plan = plan(directory, cut);
        Run run = plan.run();
        try (LocalFaultprint running = LocalFaultprint.start(plan, terminal::line);
                TopicSchemas schemas = TopicSchemas.open(
                        running.registry(),
                        run,
                        Topics.eventTopics(),
                        InstantSource.system(),
                        new SimpleMeterRegistry());
                ReplayRun replay = new ReplayRun(running, ingest, schemas.codec())) {
            terminal.line("Run " + run.id() + " is ready after %.1f s.".formatted(running.seconds())
                    + (pace.isMax() ? "" : " It goes at " + pace + "."));
            long began = System.nanoTime();
            ReplayResult result = feed(replay, pace);
            Gathered gathered = replay.settle(step -> terminal.status(step));
            if (out != null && partial != null) {
                Files.write(partial, gathered.lines());
                Files.move(partial, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return report(run, result, gathered, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private Plan plan(DataDirectory directory, Windows cut) {
        Run run = servers.run(LocalDateTime.now(ZoneOffset.UTC).format(RUN_ID));
        Plan plan = Plan.withoutDoor(directory, run, Plan.LOCAL, cut);
        return servers.own(System.getenv()).map(plan::on).orElse(plan);
    }

    private ReplayResult feed(ReplayRun replay, Speed pace) {
        try (ReplayBar bar = new ReplayBar(terminal, pace)) {
            return replay.feed(files, pace, (ReplayProgress progress) -> bar.at(progress));
        }
    }

    private int report(Run run, ReplayResult result, Gathered gathered, long millis) {
        List<io.faultprint.incident.Incident> incidents = gathered.latest();
        terminal.lines(new IncidentTable(new Times(ZoneOffset.UTC)).lines(incidents, terminal.style()));
        long[] diagnoses = gathered.diagnoses();
        long acknowledged = result.loss().acknowledged();
        terminal.line("");
        terminal.line("%,d events in %s; %d incidents, %d diagnoses, %d model calls"
                .formatted(acknowledged, Times.length(millis), incidents.size(), diagnoses[0], diagnoses[1]));
        terminal.line("Where every event went:");
        terminal.line("  door     %,12d received = %,d acknowledged + %,d dead-lettered + %,d dropped"
                .formatted(
                        result.loss().received(),
                        acknowledged,
                        result.loss().deadLettered(),
                        result.loss().dropped()));
        gathered.losses().lines(acknowledged).forEach(line -> terminal.line("  " + line));
        result.deadLetters().forEach((cause, count) -> terminal.line("  dead-lettered for " + cause + ": " + count));
        if (result.clamped() > 0) {
            terminal.line("  %,d events with a time that could not be believed".formatted(result.clamped()));
        }
        terminal.line(
                "faultprint incidents --run " + run.id() + " --data " + data.root() + " lists the incidents again");
        boolean holds = result.loss().inFlight() == 0 && gathered.losses().hold(acknowledged);
        if (!holds) {
            terminal.trouble("faultprint replay: events are missing: an equation above does not hold");
        }
        return holds ? ExitCode.OK : ExitCode.FAILURE;
    }

    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new UsageError(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UsageError(file + ": is a directory; give files");
        }
        if (!Files.isReadable(file)) {
            throw new UsageError(file + ": may not be read");
        }
    }

    /** Made now, so that a wrong place is found before the work and not after it. */
    private static Path beside(Path out) {
        Path partial = out.resolveSibling(out.getFileName() + ".partial");
        try {
            return Files.write(partial, new byte[0]);
        } catch (IOException impossible) {
            throw new UsageError(
                    "--incidents " + out + ": cannot be written (" + impossible + "); give another file", impossible);
        }
    }
}
