package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.dashboards.Bundle;
import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsCommandTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void exportWritesWhatInstallImports() throws IOException {
        Path file = directory.resolve("faultprint.ndjson");

        Command export = Command.run("dashboards", "export", file.toString());

        assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllBytes(file)).isEqualTo(Bundle.of("faultprint").ndjson());
    }

    @Test
    void mistakesAreToldInOneLine() {
        usage("--dashboards: missing", "dashboards", "install");
        usage("--dashboards nowhere: give scheme and host", "dashboards", "install", "--dashboards", "nowhere");
        usage(
                "--password-file missing: cannot be read",
                "dashboards",
                "install",
                "--dashboards",
                "http://127.0.0.1:1",
                "--user",
                "me",
                "--password-file",
                "missing");
        usage(
                "files that end in .ndjson only",
                "dashboards",
                "export",
                directory.resolve("x.json").toString());
        usage("--prefix A: use lower-case", "dashboards", "export", "x.ndjson", "--prefix", "A");
        usage("dashboards", "dashboards");
    }

    @Test
    void aDashboardsThatIsAwayIsAFailureAndNoMistake() {
        Command install = Command.run("dashboards", "install", "--dashboards", "http://127.0.0.1:1");

        assertThat(install.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(install.err())
                .contains("faultprint dashboards install: http://127.0.0.1:1: OpenSearch Dashboards does not");
    }

    private static void usage(String message, String... args) {
        Command command = Command.run(args);
        assertThat(command.err()).contains(message);
        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
    }
}
