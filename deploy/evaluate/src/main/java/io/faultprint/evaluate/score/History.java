package io.faultprint.evaluate.score;

import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One incident as it was told, revision by revision.
 *
 * @param revisions at least one, in order
 */
public record History(List<Incident> revisions) {

    /** No candidate at all. */
    public static final int NOWHERE = Integer.MAX_VALUE;

    public History {
        revisions = List.copyOf(revisions);
    }

    /** The incidents of a run, those merged into others left out, by their opening. */
    public static List<History> of(List<Incident> said) {
        Map<String, List<Incident>> byId = new LinkedHashMap<>();
        said.forEach(incident ->
                byId.computeIfAbsent(incident.getId(), id -> new ArrayList<>()).add(incident));
        return byId.values().stream()
                .map(History::new)
                .filter(history -> history.last().getStatus() != IncidentStatus.MERGED)
                .toList();
    }

    /** When people could first hear of it, epoch milliseconds. */
    public long opened() {
        return revisions.get(0).getOpened();
    }

    /** How it ended up. */
    public Incident last() {
        return revisions.get(revisions.size() - 1);
    }

    /** How it stood so long after its opening. */
    public Incident asOf(long millisAfter) {
        Incident then = revisions.get(0);
        for (Incident each : revisions) {
            if (each.getAsOf() <= opened() + millisAfter) {
                then = each;
            }
        }
        return then;
    }

    /** The place of a service among the candidates, from 1; {@link #NOWHERE} without it. */
    public static int rank(Incident incident, String service) {
        List<String> names =
                incident.getCandidates().stream().map(Candidate::getService).toList();
        int at = names.indexOf(service);
        return at < 0 ? NOWHERE : at + 1;
    }
}
