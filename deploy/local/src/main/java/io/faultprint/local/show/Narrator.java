package io.faultprint.local.show;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells incidents and diagnoses as they happen: each incident when it opens, when it is known whether it is new, and
 * when it ends; each diagnosis once. Feed it the records of the topics in any interleaving.
 */
public final class Narrator {

    private final IncidentText incidentText;
    private final DiagnosisText diagnosisText;
    private final Style style;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private int diagnosed;
    private int modelCalls;

    public Narrator(Style style, Times times) {
        this.style = style;
        this.incidentText = new IncidentText(style, times);
        this.diagnosisText = new DiagnosisText(style);
    }

    /** Takes note of a revision that was published before we began; nothing is told. */
    public synchronized void remember(Incident incident) {
        incidents.merge(incident.getId(), incident, (a, b) -> b.getRevision() > a.getRevision() ? b : a);
        told.add(incident.getId());
    }

    /** Takes note of a diagnosis that was made before we began; nothing is told. */
    public synchronized void remember(Diagnosis diagnosis) {
        diagnoses.put(diagnosis.getCluster(), diagnosis);
    }

    /** What to print for a new revision; often nothing. */
    public synchronized List<String> tell(Incident incident) {
        Incident before = incidents.get(incident.getId());
        if (before != null && before.getRevision() >= incident.getRevision()) {
            return List.of();
        }
        incidents.put(incident.getId(), incident);
        List<String> lines = new ArrayList<>();
        if (told.add(incident.getId())) {
            lines.add("");
            lines.addAll(incidentText.card(incident));
        } else if (incident.getCluster() != null && incident.getSettled() && before != null && !before.getSettled()) {
            lines.add(incidentText.settled(incident));
        }
        boolean settledNow = incident.getSettled() && (before == null || !before.getSettled());
        if (settledNow && !incident.getNovel()) {
            lines.addAll(inherited(incident));
        }
        boolean over = incident.getStatus() != IncidentStatus.OPEN;
        if (over && (before == null || before.getStatus() == IncidentStatus.OPEN)) {
            lines.add(incidentText.ended(incident));
        }
        return lines;
    }

    /** What to print for a diagnosis; nothing for a mere claim. */
    public synchronized List<String> tell(Diagnosis diagnosis) {
        Diagnosis before = diagnoses.get(diagnosis.getCluster());
        if (before != null && before.getRevision() >= diagnosis.getRevision()) {
            return List.of();
        }
        diagnoses.put(diagnosis.getCluster(), diagnosis);
        if (diagnosis.getState() == DiagnosisState.CLAIMED) {
            return List.of();
        }
        diagnosed++;
        modelCalls += diagnosis.getModelCalls();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(diagnosisText.card(diagnosis));
        lines.add("  " + style.dim(totals()));
        return lines;
    }

    /** {@code 2 incidents, 1 of them seen before; 1 diagnosis so far, 0 model calls}. */
    public synchronized String totals() {
        long repeats = counted().filter(Narrator::isRepeat).count();
        String seen = repeats == 0 ? "" : ", " + repeats + " seen before";
        return Words.count(counted().count(), "incident") + seen + "; "
                + diagnosed + (diagnosed == 1 ? " diagnosis" : " diagnoses") + " and "
                + Words.count(modelCalls, "model call") + " so far";
    }

    /** The latest revision of every incident that was told, in the order of their opening. */
    public synchronized Collection<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** The diagnosis of a cluster; null when there is none. */
    public synchronized @Nullable Diagnosis diagnosisOf(@Nullable String cluster) {
        return cluster == null ? null : diagnoses.get(cluster);
    }

    public synchronized int diagnosed() {
        return diagnosed;
    }

    public synchronized int modelCalls() {
        return modelCalls;
    }

    /** Incidents that are going on. */
    public synchronized long open() {
        return incidents.values().stream()
                .filter(incident -> incident.getStatus() == IncidentStatus.OPEN)
                .count();
    }

    private java.util.stream.Stream<Incident> counted() {
        return incidents.values().stream().filter(incident -> incident.getStatus() != IncidentStatus.MERGED);
    }

    private static boolean isRepeat(Incident incident) {
        return incident.getCluster() != null && incident.getSettled() && !incident.getNovel();
    }

    private List<String> inherited(Incident incident) {
        Diagnosis known = diagnosisOf(incident.getCluster());
        return known == null
                ? List.of()
                : style.paragraph("inherited", diagnosisText.line(known) + " (from " + known.getIncident() + ")");
    }
}
