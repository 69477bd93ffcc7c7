package io.faultprint.local;

import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands share that read incidents back: from a data directory, or from an OpenSearch of the user's. */
final class StoreOptions {

    static final String PASSWORD = "FAULTPRINT_OPENSEARCH_PASSWORD";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--opensearch",
            paramLabel = "URL",
            description = "An OpenSearch of yours, as http://HOST:PORT, instead of --data.")
    private String openSearch = "";

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Of --opensearch; its password is in --password-file or in " + PASSWORD + ".")
    private String user = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM file of the authority to trust for https; without it the platform's own list.")
    private @Nullable Path certificate;

    @Option(names = "--prefix", paramLabel = "NAME", description = "run.prefix (default ${DEFAULT-VALUE}).")
    private String prefix = Run.MAIN.prefix();

    @Option(names = "--run", paramLabel = "RUN", description = "Of a replay: the id that it printed.")
    private String run = "";

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    /**
     * The store that is meant.
     *
     * @param environment usually {@link System#getenv()}
     */
    StoreAccess open(Terminal terminal, Map<String, String> environment) {
        Run asked = run();
        if (!openSearch.isEmpty()) {
            return StoreAccess.of(settings(environment), asked);
        }
        if (!user.isEmpty() || passwordFile != null || certificate != null) {
            String flag = !user.isEmpty() ? "--user" : passwordFile != null ? "--password-file" : "--certificate";
            throw new UsageError(flag + ": is for an OpenSearch of yours; name it with --opensearch URL");
        }
        return StoreAccess.open(data.root(), asked, terminal);
    }

    /** What is wrong, with the place and the mend. */
    String trouble(StoreUnavailable unavailable) {
        return openSearch.isEmpty()
                ? "OpenSearch does not answer: " + unavailable.getMessage()
                : "--opensearch " + openSearch + ": " + unavailable.getMessage()
                        + "; look at the address, at --user and its password, and at its right to read "
                        + prefix + "-*";
    }

    boolean json() {
        return json;
    }

    private Run run() {
        try {
            return new Run(prefix, run);
        } catch (IllegalArgumentException wrong) {
            String name = wrong.getMessage() != null && wrong.getMessage().startsWith("prefix")
                    ? "--prefix " + prefix
                    : "--run " + run;
            throw new UsageError(name + ": use lower-case letters, digits and dashes", wrong);
        }
    }

    private OpenSearchSettings settings(Map<String, String> environment) {
        try {
            return new OpenSearchSettings(
                    URI.create(openSearch),
                    user,
                    password(environment),
                    Optional.ofNullable(certificate),
                    TIMEOUT,
                    false);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError(
                    "--opensearch " + openSearch + ": must be a complete address, as in http://127.0.0.1:9200", wrong);
        }
    }

    private String password(Map<String, String> environment) {
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
