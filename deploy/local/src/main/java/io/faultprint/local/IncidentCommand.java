package io.faultprint.local;

import io.faultprint.diagnose.store.IncidentView;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.incident.Incident;
import io.faultprint.local.show.DiagnosisText;
import io.faultprint.local.show.IncidentText;
import io.faultprint.local.show.RevisionJson;
import io.faultprint.local.show.Times;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "incident",
        header = "One incident in plain words: what, where, seen before or not, and its diagnosis.",
        description = "%nWith --json: one object per revision, oldest first, the diagnosis on the last.%n")
final class IncidentCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "inc1-…, as faultprint incidents lists it")
    private String id = "";

    @Mixin
    private StoreOptions options = new StoreOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;

    IncidentCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!id.matches("inc\\d+-[0-9a-f]{16}")) {
            throw new UsageError(
                    id + ": is no incident; an id is like inc1-0123456789abcdef (faultprint incidents lists them)");
        }
        try (StoreAccess access = options.open(terminal, environment)) {
            Optional<IncidentView> view = access.store().incident(id);
            if (view.isEmpty()) {
                throw new UsageError(id + ": not found; faultprint incidents lists what there is");
            }
            terminal.lines(options.json() ? json(view.get()) : text(view.get()));
            return ExitCode.OK;
        } catch (StoreUnavailable unavailable) {
            terminal.trouble("faultprint incident: " + options.trouble(unavailable));
            return ExitCode.FAILURE;
        }
    }

    private List<String> text(IncidentView view) {
        Times times = new Times(ZoneId.systemDefault());
        IncidentText text = new IncidentText(terminal.style(), times);
        List<String> lines = new ArrayList<>(text.card(view.incident()));
        lines.addAll(text.course(view.revisions()));
        lines.add("");
        view.diagnosis()
                .ifPresentOrElse(
                        diagnosis -> lines.addAll(new DiagnosisText(terminal.style()).card(diagnosis)),
                        () -> lines.add(
                                "no diagnosis" + (view.incident().getSettled() ? " yet" : ": it has not settled")));
        return lines;
    }

    private static List<String> json(IncidentView view) {
        List<String> lines = new ArrayList<>();
        List<Incident> revisions = view.revisions();
        for (int i = 0; i < revisions.size(); i++) {
            boolean last = i == revisions.size() - 1;
            lines.add(
                    RevisionJson.line(revisions.get(i), last ? view.diagnosis().orElse(null) : null));
        }
        return lines;
    }
}
