package io.faultprint.local;

import io.faultprint.dashboards.Bundle;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        header = "Writes the dashboards to a file, for importing by hand (Dashboards Management, Saved objects).")
final class DashboardsExportCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "FILE", description = "Its name must end in .ndjson.")
    private Path file = Path.of("");

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "First part of the names of the indices; of a replay faultprint-RUN (default: faultprint).")
    private String prefix = "faultprint";

    private final Terminal terminal;

    DashboardsExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!file.toString().endsWith(".ndjson")) {
            throw new UsageError(file + ": OpenSearch Dashboards takes files that end in .ndjson only");
        }
        Bundle bundle = Bundle.of(prefix);
        try {
            Files.write(file, bundle.ndjson());
        } catch (IOException impossible) {
            throw new UsageError(file + ": cannot be written (" + impossible + "); give another file", impossible);
        }
        terminal.line(bundle.size() + " objects written to " + file);
        return ExitCode.OK;
    }
}
