package io.faultprint.local;

import io.faultprint.dashboards.Bundle;
import io.faultprint.dashboards.DashboardsAddress;
import io.faultprint.dashboards.Installation;
import io.faultprint.dashboards.Installer;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "install",
        header = "Installs the dashboards into an OpenSearch Dashboards, and replaces those that it installed before.",
        description = "%nThe password is read from --password-file, or from FAULTPRINT_DASHBOARDS_PASSWORD.%n")
final class DashboardsInstallCommand implements Callable<Integer> {

    private static final String PASSWORD = "FAULTPRINT_DASHBOARDS_PASSWORD";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--dashboards",
            required = true,
            paramLabel = "URL",
            description = "Where it is, with its base path: http://127.0.0.1:5601.")
    private String url = "";

    @Option(names = "--user", paramLabel = "USER", description = "For basic authentication.")
    private String user = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Of the security plugin: global, private, or a name; without it the user's own choice.")
    private String tenant = "";

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "First part of the names of the indices; of a replay faultprint-RUN (default: faultprint).")
    private String prefix = "faultprint";

    private final Terminal terminal;
    private final Map<String, String> environment;

    DashboardsInstallCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String password = user.isEmpty() && passwordFile == null ? "" : password();
        DashboardsAddress address = new DashboardsAddress(url, user, password, tenant, TIMEOUT);
        Installation outcome = new Installer(address).install(Bundle.of(prefix));
        if (outcome instanceof Installation.Installed installed) {
            terminal.line(installed.objects() + " objects are in OpenSearch Dashboards " + installed.version());
            terminal.line(address.url() + "/app/dashboards#/view/" + prefix + "-on-call shows what is failing now");
            return ExitCode.OK;
        }
        String who = spec.qualifiedName();
        ((Installation.NotInstalled) outcome).reason().lines().forEach(line -> terminal.trouble(who + ": " + line));
        return ExitCode.FAILURE;
    }

    private String password() {
        if (passwordFile == null) {
            return environment.getOrDefault(PASSWORD, "");
        }
        try {
            return Files.readAllLines(passwordFile).stream().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new UsageError(
                    "--password-file " + passwordFile + ": cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
