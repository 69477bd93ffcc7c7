package io.faultprint.local.show;

import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.scenario.Deliveries;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the demo says around the incidents: what will happen, what really went wrong and when, and how it was found. */
public final class DemoSummary {

    /** A fault counts as found by an incident that opened before this long after its end. */
    private static final long FOUND_WITHIN = 60_000;

    private record Struck(PlannedFault fault, long began) {}

    private final Style style;
    private final Times times;
    private final List<Struck> struck = new ArrayList<>();

    public DemoSummary(Style style, Times times) {
        this.style = style;
        this.times = times;
    }

    /** Said before the first event. */
    public List<String> opening(Scenario scenario, Settings settings, Windows windows, int seconds) {
        String faults = settings.faults() == 0
                ? "No faults for " + Times.length(seconds * 1000L) + "."
                : "The first of " + Words.count(settings.faults(), "fault") + " strikes in about "
                        + Times.length(settings.learningSeconds() * 1000L) + ".";
        return Style.wrap(
                "The shop opens: " + scenario.services().size() + " services, seed " + settings.seed() + " (--seed "
                        + settings.seed() + " plays it again). Windows of " + Times.length(windows.sizeMillis())
                        + " and "
                        + Times.length(windows.latenessMillis()) + " for late events, so that the demo is quick. "
                        + "Faultprint knows nothing of the shop and learns it first. " + faults,
                style.width() - 1);
    }

    /** Said when a fault begins: the truth, which the detectors do not see. */
    public synchronized List<String> began(PlannedFault fault, long now) {
        struck.add(new Struck(fault, now));
        String again = fault.recurs() ? ", for the second time" : "";
        return List.of("", style.dim(times.clock(now) + "  [shop] " + name(fault) + " begins" + again));
    }

    /** Said when a fault ends. */
    public List<String> ended(PlannedFault fault, long now) {
        return List.of(style.dim(times.clock(now) + "  [shop] " + name(fault) + " ends"));
    }

    /** Said at the end: each fault with the incident that found it, and the totals. */
    public synchronized List<String> closing(Narrator narrator, Deliveries deliveries) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.bold("Summary"));
        Table table = new Table("FAULT", "FOUND AFTER", "SEEN", "LIKELY", "INCIDENT");
        for (int i = 0; i < struck.size(); i++) {
            long next = i + 1 < struck.size() ? struck.get(i + 1).began() : Long.MAX_VALUE;
            row(struck.get(i), next, narrator.incidents(), table);
        }
        if (!struck.isEmpty()) {
            table.lines(style).forEach(line -> lines.add("  " + line));
        }
        lines.add("  " + narrator.totals());
        lines.add("  " + deliveries.offered() + " events sent, " + deliveries.acknowledged() + " acknowledged, "
                + deliveries.failed() + " refused, " + deliveries.dropped() + " not sent");
        return lines;
    }

    /** Where to look further. */
    public List<String> questions(Narrator narrator, String place, String openSearch, Run run, boolean stays) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.bold("Ask further"));
        lines.add("  deploy/faultprint incidents " + place);
        narrator.incidents().stream()
                .findFirst()
                .ifPresent(first -> lines.add("  deploy/faultprint incident " + first.getId() + " " + place));
        if (stays) {
            for (String index : List.of("incidents", "clusters", "diagnoses", "signatures", "snapshots*")) {
                lines.add("  curl -s '" + openSearch + "/" + run.index(index) + "/_search?pretty&size=3'");
            }
        } else {
            lines.add("  " + style.dim("with --stay, OpenSearch would now stay up for queries at " + openSearch));
        }
        return lines;
    }

    private void row(Struck one, long next, Collection<Incident> incidents, Table table) {
        long until = Math.min(next, one.began() + one.fault().durationMs() + FOUND_WITHIN);
        Optional<Incident> found = incidents.stream()
                .filter(incident -> incident.getStatus() != IncidentStatus.MERGED)
                .filter(incident -> incident.getOpened() >= one.began() && incident.getOpened() < until)
                .min(Comparator.comparingLong(Incident::getOpened));
        if (found.isEmpty()) {
            table.row(name(one.fault()), "not found", "-", "-", "-");
            return;
        }
        Incident incident = found.get();
        table.row(
                name(one.fault()),
                Times.length(incident.getOpened() - one.began()),
                incident.getNovel() ? "new" : incident.getCluster() == null ? "-" : "before",
                incident.getCandidates().isEmpty()
                        ? "-"
                        : incident.getCandidates().get(0).getService(),
                incident.getId());
    }

    private static String name(PlannedFault fault) {
        return fault.kind().label() + " in " + fault.service();
    }
}
