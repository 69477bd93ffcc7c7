package io.faultprint.local;

import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.show.DemoSummary;
import io.faultprint.local.show.Times;
import io.faultprint.local.up.LocalFaultprint;
import io.faultprint.local.up.Plan;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.StopSignal;
import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.Deliveries;
import io.faultprint.scenario.ScenarioPlayer;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        header = "A simulated shop whose faults Faultprint finds, on this machine, from one command.",
        description =
                "%nStarts everything on a fresh directory, plays a shop of services through the real HTTP door with faults"
                        + " in random order, and prints each incident as it opens. Detection sees nothing but the telemetry.%n")
final class DemoCommand implements Callable<Integer> {

    /** Short windows, so that something shows soon; production has 10 s and 15 s. */
    private static final Windows WINDOWS = new Windows(5_000, 5_000);

    /** Twelve windows until a service is learned, and as many again to know its habits better. */
    private static final int LEARNING_SECONDS = 120;

    private static final int GAP_SECONDS = 60;
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--seed", paramLabel = "N", description = "What happens when; the same seed, the same faults.")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "N",
            description = "How many faults, one of them a recurrence (default ${DEFAULT-VALUE}).")
    private int faults = 4;

    @Option(
            names = "--fault-seconds",
            paramLabel = "N",
            description = "How long each lasts (default ${DEFAULT-VALUE}).")
    private int faultSeconds = 60;

    @Option(names = "--no-faults", description = "A healthy shop for --minutes; no incident must show.")
    private boolean healthy;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "With --no-faults: how long (default ${DEFAULT-VALUE}).")
    private int minutes = 6;

    @Option(names = "--stay", description = "Keep everything up afterwards, until Ctrl-C.")
    private boolean stay;

    private final Terminal terminal;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (minutes < 1 || minutes > 10_000) {
            throw new UsageError("--minutes " + minutes + ": must be from 1 to 10000 (default 6)");
        }
        if (!healthy && faults < 1) {
            throw new UsageError("--faults " + faults + ": must be at least 1; for a healthy shop give --no-faults");
        }
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1, 100_000) : seed;
        Settings settings = new Settings(chosen, LEARNING_SECONDS, faultSeconds, GAP_SECONDS, healthy ? 0 : faults, 0);
        DataDirectory directory = fresh();
        try (StopSignal stop = new StopSignal(UpCommand.STOPPING)) {
            int code = run(directory, settings, stop);
            stop.ended(code);
            return code;
        }
    }

    /** The demo's own directory inside the data directory, emptied: a demo starts knowing nothing. */
    private DataDirectory fresh() {
        DataDirectory outer = DataDirectory.open(data.root());
        DataDirectory directory = DataDirectory.at(outer.demo());
        if (directory.exists()) {
            directory.lock().close();
            directory.wipe();
        }
        return DataDirectory.open(directory.root());
    }

    private int run(DataDirectory directory, Settings settings, StopSignal stop) throws InterruptedException {
        Plan plan = Plan.withDoor(directory, Run.MAIN, Plan.LOCAL, WINDOWS);
        try (LocalFaultprint running = LocalFaultprint.start(plan, terminal::line)) {
            terminal.line("Ready after %.1f s.".formatted(running.seconds()));
            try (Watch watch = new Watch(running, terminal, InstantSource.system())) {
                DemoSummary summary = new DemoSummary(terminal.style(), new Times(ZoneId.systemDefault()));
                int code = play(running, watch, settings, summary, stop);
                if (stay && code == ExitCode.OK && !stop.asked()) {
                    terminal.line("Staying up, without the shop, until Ctrl-C.");
                    code = UpCommand.attend(running, watch, terminal, stop);
                }
                return code;
            }
        }
    }

    private int play(LocalFaultprint running, Watch watch, Settings settings, DemoSummary summary, StopSignal stop)
            throws InterruptedException {
        Scenario shop = Scenario.shop();
        ScenarioPlayer.Listener listener = new ScenarioPlayer.Listener() {
            @Override
            public void began(PlannedFault fault) {
                terminal.lines(summary.began(fault, Instant.now().toEpochMilli()));
            }

            @Override
            public void ended(PlannedFault fault) {
                terminal.lines(summary.ended(fault, Instant.now().toEpochMilli()));
            }
        };
        int seconds = healthy ? minutes * 60 : 0;
        URI door = URI.create(running.addresses().otlp());
        try (ScenarioPlayer player =
                new ScenarioPlayer(shop, settings, seconds, door, InstantSource.system(), listener)) {
            long began = System.nanoTime();
            terminal.lines(summary.opening(shop, settings, WINDOWS, seconds));
            player.start();
            while (!player.await(Duration.ofSeconds(1))) {
                if (stop.asked() || !running.health().live()) {
                    terminal.trouble("faultprint demo: ended early: "
                            + (stop.asked() ? "interrupted" : running.health().detail()));
                    return stop.asked() ? ExitCode.OK : ExitCode.FAILURE;
                }
                terminal.status(Times.length((System.nanoTime() - began) / 1_000_000) + "; "
                        + player.deliveries().acknowledged() + " events taken in; " + watch.status());
            }
            settle(watch, stop);
            return finish(running, watch, summary, player.deliveries());
        }
    }

    /** The last windows close a little after the last event, and what is open then should resolve and be diagnosed. */
    private void settle(Watch watch, StopSignal stop) throws InterruptedException {
        long until = System.nanoTime() + LAST_LOOK.toNanos();
        long atLeast = System.nanoTime() + WINDOWS.knownAt(0) * 2_000_000;
        while (System.nanoTime() < until && (watch.open() > 0 || System.nanoTime() < atLeast)) {
            terminal.status("the shop has closed; waiting for the last windows; " + watch.status());
            if (stop.await(Duration.ofSeconds(1))) {
                return;
            }
        }
    }

    private int finish(LocalFaultprint running, Watch watch, DemoSummary summary, Deliveries deliveries) {
        terminal.lines(summary.closing(watch.narrator(), deliveries));
        String place = "--data " + running.plan().data().root();
        terminal.lines(summary.questions(
                watch.narrator(),
                place,
                running.addresses().openSearch(),
                running.plan().run(),
                stay));
        boolean falseAlarm = healthy && !watch.narrator().incidents().isEmpty();
        if (falseAlarm) {
            terminal.trouble("faultprint demo: a healthy shop must not have an incident");
        }
        return falseAlarm ? ExitCode.FAILURE : ExitCode.OK;
    }
}
