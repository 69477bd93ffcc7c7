package io.faultprint.local.replay;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.local.show.Learning;
import io.faultprint.local.show.RevisionJson;
import io.faultprint.snapshot.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Everything that a run said, gathered from its topics. */
public final class Gathered {

    private static final Comparator<Incident> ORDER = Comparator.comparingLong(Incident::getAsOf)
            .thenComparing(Incident::getId)
            .thenComparingInt(Incident::getRevision);

    private final Learning ticks = new Learning();
    private final LossEquations losses = new LossEquations();
    private final Map<String, TreeMap<Integer, Incident>> revisions = new TreeMap<>();
    private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();

    /** Takes one record of the topics digests, incidents and diagnoses. */
    public synchronized void hear(SpecificRecord value) {
        if (value instanceof Tick tick) {
            ticks.tell(tick);
            losses.add(tick);
        } else if (value instanceof Incident incident) {
            revisions.computeIfAbsent(incident.getId(), id -> new TreeMap<>()).put(incident.getRevision(), incident);
        } else if (value instanceof Diagnosis diagnosis) {
            diagnoses.merge(diagnosis.getCluster(), diagnosis, (a, b) -> b.getRevision() >= a.getRevision() ? b : a);
        }
    }

    /** The end of the last window that every source has closed; {@code Long.MIN_VALUE} before the first. */
    public synchronized long closedUpTo() {
        long upTo = ticks.closedUpTo();
        return upTo == 0 ? Long.MIN_VALUE : upTo;
    }

    /** Whether every source has said that nothing follows. */
    public synchronized boolean ended() {
        return ticks.ended();
    }

    public synchronized LossEquations losses() {
        return losses;
    }

    /** How many settled novel clusters still wait for their diagnosis. */
    public synchronized long undiagnosed() {
        return latest().stream()
                .filter(incident -> incident.getSettled() && incident.getNovel())
                .filter(incident -> incident.getStatus() != IncidentStatus.MERGED)
                .filter(incident -> {
                    Diagnosis diagnosis = diagnosisOf(incident);
                    return diagnosis == null || diagnosis.getState() == DiagnosisState.CLAIMED;
                })
                .count();
    }

    /** The last revision of each incident, by their opening. */
    public synchronized List<Incident> latest() {
        return revisions.values().stream()
                .map(each -> each.lastEntry().getValue())
                .sorted(Comparator.comparingLong(Incident::getOpened).thenComparing(Incident::getId))
                .toList();
    }

    /** How many diagnoses were made, and with how many model calls: {@code [diagnoses, calls]}. */
    public synchronized long[] diagnoses() {
        List<Diagnosis> made = diagnoses.values().stream()
                .filter(diagnosis -> diagnosis.getState() != DiagnosisState.CLAIMED)
                .toList();
        return new long[] {
            made.size(), made.stream().mapToLong(Diagnosis::getModelCalls).sum()
        };
    }

    /** One JSON object per revision, in the order in which they could be known. */
    public synchronized List<String> lines() {
        List<Incident> all = new ArrayList<>();
        revisions.values().forEach(each -> all.addAll(each.values()));
        all.sort(ORDER);
        return all.stream()
                .map(incident -> RevisionJson.line(incident, isLast(incident) ? diagnosisOf(incident) : null))
                .toList();
    }

    private boolean isLast(Incident incident) {
        TreeMap<Integer, Incident> each = revisions.get(incident.getId());
        return each != null && each.lastKey() == incident.getRevision();
    }

    private @Nullable Diagnosis diagnosisOf(Incident incident) {
        String cluster = incident.getCluster();
        return cluster == null ? null : diagnoses.get(cluster);
    }
}
