package io.faultprint.notify.notice;

import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept and told of one revision of an incident; times in epoch milliseconds.
 *
 * @param services sorted, at most {@link #MOST_SERVICES} of {@code serviceCount}
 * @param suspects the likeliest places where it started, at most three
 * @param cluster null before the incident has a fingerprint
 */
public record Story(
        String id,
        int revision,
        String environment,
        IncidentStatus status,
        String title,
        int severity,
        List<String> services,
        int serviceCount,
        List<Suspect> suspects,
        long started,
        long opened,
        long asOf,
        @Nullable Long ended,
        @Nullable String mergedInto,
        @Nullable String splitFrom,
        @Nullable String cluster,
        boolean novel,
        int occurrence,
        @Nullable String previous) {

    /** Services that are kept by name. */
    public static final int MOST_SERVICES = 50;

    private static final int MOST_SUSPECTS = 3;

    /** A possible root cause. */
    public record Suspect(String service, String signal, double score) {}

    public Story {
        services = List.copyOf(services);
        suspects = List.copyOf(suspects);
    }

    static Story of(Incident incident) {
        return new Story(
                incident.getId(),
                incident.getRevision(),
                incident.getEnvironment(),
                incident.getStatus(),
                Texts.cut(incident.getTitle()),
                incident.getSeverity(),
                incident.getServices().stream()
                        .limit(MOST_SERVICES)
                        .map(Texts::cut)
                        .toList(),
                incident.getServices().size(),
                incident.getCandidates().stream()
                        .limit(MOST_SUSPECTS)
                        .map(Story::suspect)
                        .toList(),
                incident.getStarted(),
                incident.getOpened(),
                incident.getAsOf(),
                incident.getEnded(),
                incident.getMergedInto(),
                incident.getSplitFrom(),
                incident.getCluster(),
                incident.getNovel(),
                incident.getOccurrence(),
                incident.getPrevious());
    }

    private static Suspect suspect(Candidate candidate) {
        return new Suspect(Texts.cut(candidate.getService()), Texts.cut(candidate.getSignal()), candidate.getScore());
    }

    /** Whether it goes on. */
    public boolean open() {
        return status == IncidentStatus.OPEN;
    }

    boolean sameServices(Story other) {
        return services.equals(other.services) && serviceCount == other.serviceCount;
    }
}
