package io.faultprint.local;

import io.faultprint.local.data.Addresses;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.up.LocalFaultprint;
import io.faultprint.local.up.Plan;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.StopSignal;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        header = "Everything on this machine, until Ctrl-C; data is kept over a restart.",
        description =
                "%nA Kafka broker, an OpenSearch node and the three stages. Send OTLP/HTTP to it; incidents are printed as they"
                        + " open.%n")
final class UpCommand implements Callable<Integer> {

    static final Duration STOPPING = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory directory = DataDirectory.open(data.root());
        try (StopSignal stop = new StopSignal(STOPPING)) {
            int code = up(Plan.withDoor(directory, Run.MAIN, Plan.LOCAL, Windows.DEFAULT), terminal, stop);
            stop.ended(code);
            return code;
        }
    }

    /** Starts everything, says where it is, and stays. */
    static int up(Plan plan, Terminal terminal, StopSignal stop) throws InterruptedException {
        try (LocalFaultprint running = LocalFaultprint.start(plan, terminal::line)) {
            terminal.line("Ready after %.1f s.".formatted(running.seconds()));
            describe(running.addresses(), terminal);
            try (Watch watch = new Watch(running, terminal, InstantSource.system())) {
                int code = attend(running, watch, terminal, stop);
                terminal.line("Stopping.");
                return code;
            }
        }
    }

    /** Stays until it is told to stop, or until a part is lost. */
    static int attend(LocalFaultprint running, Watch watch, Terminal terminal, StopSignal stop)
            throws InterruptedException {
        while (!stop.await(BETWEEN_LOOKS)) {
            Health health = running.health();
            if (!health.live()) {
                terminal.trouble("faultprint: " + health.detail());
                return ExitCode.FAILURE;
            }
            terminal.status(watch.status() + (health.ready() ? "" : "; " + health.detail()));
        }
        return ExitCode.OK;
    }

    static void describe(Addresses addresses, Terminal terminal) {
        terminal.line(
                "  OTLP/HTTP   " + addresses.otlp() + "   (OTEL_EXPORTER_OTLP_ENDPOINT, http/protobuf or http/json)");
        terminal.line("  changes     POST " + addresses.otlp() + "/v1/changes");
        terminal.line("  OpenSearch  " + addresses.openSearch());
        terminal.line("  metrics     " + addresses.admin() + "/metrics");
        terminal.line("No telemetry yet. A service is learned before anything is reported about it.");
    }
}
