package io.faultprint.correlate.incident;

import io.faultprint.correlate.candidate.Candidates;
import io.faultprint.correlate.candidate.Ranking;
import io.faultprint.correlate.cluster.Fingerprint;
import io.faultprint.correlate.cluster.Fingerprints;
import io.faultprint.correlate.graph.Neighbours;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What there is to say of an incident at a window, and whether it is worth a new revision. */
final class Revisions {

    /**
     * An incident after a window.
     *
     * @param records new revisions of it and of its cluster
     * @param over true when it is resolved and must be forgotten
     */
    record Step(OpenIncident incident, List<SpecificRecord> records, boolean over) {}

    private final AbnormalServices abnormal;
    private final RecentChanges changes;
    private final Candidates candidates;
    private final Settling settling;
    private final IncidentSettings settings;
    private final Windows windows;
    private final String configuration;

    Revisions(
            AbnormalServices abnormal,
            RecentChanges changes,
            Candidates candidates,
            Settling settling,
            IncidentSettings settings,
            Windows windows,
            String configuration) {
        this.abnormal = abnormal;
        this.changes = changes;
        this.candidates = candidates;
        this.settling = settling;
        this.settings = settings;
        this.windows = windows;
        this.configuration = configuration;
    }

    /** The incident at a window that has been counted in already. */
    Step next(OpenIncident incident, long windowStart, Neighbours neighbours) {
        boolean over = incident.getCalm() >= settings.calmWindows();
        return step(
                incident,
                over ? IncidentStatus.RESOLVED : IncidentStatus.OPEN,
                null,
                over || settling.isDue(incident),
                windowStart,
                neighbours);
    }

    /** The incident when the data has ended: settled, still open, its end unknown. */
    Step last(OpenIncident incident, long windowStart, Neighbours neighbours) {
        return step(incident, IncidentStatus.OPEN, null, true, windowStart, neighbours);
    }

    /** The last revision of an incident that another one carries on; a cluster that was only provisional is dropped. */
    Incident merged(OpenIncident incident, String survivor, long windowStart, Neighbours neighbours) {
        OpenIncident dropped = incident.getSettled()
                ? incident
                : OpenIncident.newBuilder(incident)
                        .setCluster(null)
                        .setNovel(false)
                        .setSimilarity(0)
                        .setOccurrence(1)
                        .setPrevious(null)
                        .setPreviousStarted(null)
                        .setSettled(true)
                        .build();
        View view = view(dropped, neighbours);
        OpenIncident next = OpenIncident.newBuilder(dropped)
                .setRevision(dropped.getRevision() + 1)
                .build();
        return record(next, IncidentStatus.MERGED, survivor, windowStart, view);
    }

    private Step step(
            OpenIncident counted,
            IncidentStatus status,
            @Nullable String mergedInto,
            boolean settle,
            long windowStart,
            Neighbours neighbours) {
        List<SpecificRecord> records = new ArrayList<>();
        View view = view(counted, neighbours);
        OpenIncident incident = OpenIncident.newBuilder(counted)
                .setSeverity(Math.min(counted.getSeverity(), view.severity(settings)))
                .build();
        if (!incident.getSettled()) {
            Fingerprint fingerprint =
                    Fingerprints.of(view.allSurprises(), view.ranking()::relative, settling.features());
            if (settle) {
                Settling.Outcome frozen =
                        settling.freeze(incident, fingerprint, view.title(), windows.knownAt(windowStart));
                frozen.cluster().ifPresent(records::add);
                incident = frozen.incident();
            } else {
                incident = settling.provisional(incident, fingerprint);
            }
        }
        String content = view.worthSaying(incident, status);
        if (!content.equals(incident.getPublished())) {
            incident = OpenIncident.newBuilder(incident)
                    .setRevision(incident.getRevision() + 1)
                    .setPublished(content)
                    .build();
            records.add(record(incident, status, mergedInto, windowStart, view));
        }
        return new Step(incident, records, status == IncidentStatus.RESOLVED);
    }

    private View view(OpenIncident incident, Neighbours neighbours) {
        Map<AbnormalService, List<IncidentSurprise>> members = new LinkedHashMap<>();
        for (AbnormalService row : abnormal.of(incident.getEnvironment(), incident.getId())) {
            members.put(row, abnormal.surprisesOf(row));
        }
        List<ChangeRef> near =
                changes.of(incident.getEnvironment(), around(members.keySet(), neighbours), incident.getStarted());
        Ranking ranking = candidates.rank(members, neighbours, near);
        return new View(
                members,
                members.keySet().stream()
                        .flatMap(row -> abnormal.signaturesOf(row).stream())
                        .sorted(Comparator.comparingDouble((IncidentSignature s) -> ranking.relative(s.getService()))
                                .thenComparingLong(IncidentSignature::getCount)
                                .reversed()
                                .thenComparing(IncidentSignature::getId)
                                .thenComparing(IncidentSignature::getService))
                        .limit(settings.caps().signatures())
                        .toList(),
                near,
                ranking);
    }

    private static Set<String> around(Collection<AbnormalService> members, Neighbours neighbours) {
        Set<String> services = new TreeSet<>();
        for (AbnormalService row : members) {
            services.add(row.getService());
            services.addAll(neighbours.callees(row.getService()));
            services.addAll(neighbours.callers(row.getService()));
        }
        return services;
    }

    private Incident record(
            OpenIncident incident, IncidentStatus status, @Nullable String mergedInto, long windowStart, View view) {
        List<IncidentSurprise> kept = view.surprises(settings.caps().surprises());
        return Incident.newBuilder()
                .setId(incident.getId())
                .setRevision(incident.getRevision())
                .setEnvironment(incident.getEnvironment())
                .setStatus(status)
                .setOpened(windows.knownAt(incident.getOpeningWindow()))
                .setAsOf(windows.knownAt(windowStart))
                .setStarted(incident.getStarted())
                .setEnded(status == IncidentStatus.RESOLVED ? incident.getLastAbnormal() : null)
                .setMergedInto(mergedInto)
                .setTitle(view.title())
                .setSeverity(incident.getSeverity())
                .setServices(view.services())
                .setCandidates(view.ranking().top())
                .setSurprises(kept)
                .setSurprisesCut(view.allSurprises().size() - kept.size() + view.cut())
                .setSignatures(view.signatures())
                .setChanges(view.changes())
                .setCluster(incident.getCluster())
                .setNovel(incident.getNovel())
                .setSettled(incident.getSettled())
                .setSimilarity(incident.getSimilarity())
                .setOccurrence(incident.getOccurrence())
                .setPrevious(incident.getPrevious())
                .setPreviousStarted(incident.getPreviousStarted())
                .setConfiguration(configuration)
                .build();
    }
}
