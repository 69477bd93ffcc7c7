package io.faultprint.local;

import io.faultprint.diagnose.store.IncidentQuery;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.local.show.IncidentTable;
import io.faultprint.local.show.RevisionJson;
import io.faultprint.local.show.Times;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "incidents",
        header = "The incidents in OpenSearch, newest first.",
        description =
                "%nReads from the Faultprint that runs on the data directory; when none does, its OpenSearch is started"
                        + " for the question. Or from an OpenSearch of yours: --opensearch.%n")
final class IncidentsCommand implements Callable<Integer> {

    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--open", description = "Only those that go on.")
    private boolean open;

    private final Terminal terminal;
    private final Map<String, String> environment;

    IncidentsCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > IncidentQuery.MOST) {
            throw new UsageError("--limit " + limit + ": must be from 1 to " + IncidentQuery.MOST + " (default 20)");
        }
        Optional<IncidentStatus> status = open ? Optional.of(IncidentStatus.OPEN) : Optional.empty();
        IncidentQuery query = new IncidentQuery(Optional.empty(), status, OptionalLong.empty(), limit);
        try (StoreAccess access = options.open(terminal, environment)) {
            List<Incident> incidents = access.store().incidents(query);
            if (options.json()) {
                terminal.lines(incidents.stream()
                        .map(incident -> RevisionJson.line(incident, null))
                        .toList());
            } else {
                terminal.lines(new IncidentTable(new Times(ZoneId.systemDefault())).lines(incidents, terminal.style()));
            }
            return ExitCode.OK;
        } catch (StoreUnavailable unavailable) {
            terminal.trouble("faultprint incidents: " + options.trouble(unavailable));
            return ExitCode.FAILURE;
        }
    }
}
