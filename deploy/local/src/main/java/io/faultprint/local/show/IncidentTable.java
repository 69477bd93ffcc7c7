package io.faultprint.local.show;

import io.faultprint.incident.Incident;
import java.util.ArrayList;
import java.util.List;

/** Incidents as a table. */
public final class IncidentTable {

    private final Times times;

    public IncidentTable(Times times) {
        this.times = times;
    }

    /** The lines, in the given order. */
    public List<String> lines(List<Incident> incidents, Style style) {
        if (incidents.isEmpty()) {
            return List.of("no incidents");
        }
        Table table = new Table("ID", "STARTED", "STATUS", "SEEN", "LIKELY", "TITLE");
        for (Incident incident : incidents) {
            table.row(
                    incident.getId(),
                    times.day(incident.getStarted()),
                    status(incident),
                    seen(incident),
                    incident.getCandidates().isEmpty()
                            ? "-"
                            : incident.getCandidates().get(0).getService(),
                    incident.getTitle());
        }
        return new ArrayList<>(table.lines(style));
    }

    private static String status(Incident incident) {
        Long ended = incident.getEnded();
        return switch (incident.getStatus()) {
            case OPEN -> "open";
            case RESOLVED -> ended == null ? "over" : "over, " + Times.length(ended - incident.getStarted());
            case MERGED -> "merged";
        };
    }

    private static String seen(Incident incident) {
        if (incident.getCluster() == null) {
            return "-";
        }
        return incident.getNovel() ? "new" : "no. " + Math.max(2, incident.getOccurrence());
    }
}
