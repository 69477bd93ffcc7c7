package io.faultprint.correlate.incident;

import io.faultprint.correlate.cluster.Clusters;
import io.faultprint.correlate.cluster.Fingerprint;
import io.faultprint.correlate.cluster.Match;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.incident.Cluster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of an incident: provisional while the incident still gains services and signatures, then frozen. Only a
 * frozen membership is written into a cluster.
 */
final class Settling {

    /** An incident with its cluster, and the cluster's new revision when the membership froze just now. */
    record Outcome(OpenIncident incident, Optional<Cluster> cluster) {}

    private final Clusters clusters;

    Settling(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Whether it is time: nothing new for a while, or long enough anyway. */
    boolean isDue(OpenIncident incident) {
        return incident.getQuiet() >= clusters.settings().quietWindows()
                || incident.getAge() >= clusters.settings().latestWindows();
    }

    int features() {
        return clusters.settings().features();
    }

    /** The cluster it would join if it froze now. */
    OpenIncident provisional(OpenIncident incident, Fingerprint fingerprint) {
        return clusters.match(incident.getEnvironment(), fingerprint) instanceof Match.Known known
                ? as(incident, known.cluster(), known.similarity(), false)
                : unknown(incident);
    }

    /** Freezes it: it joins or founds a cluster. */
    Outcome freeze(OpenIncident incident, Fingerprint fingerprint, String title, long asOf) {
        Clusters.Member member =
                new Clusters.Member(incident.getEnvironment(), incident.getId(), title, incident.getStarted(), asOf);
        if (clusters.match(incident.getEnvironment(), fingerprint) instanceof Match.Known known) {
            Cluster joined = clusters.join(known.cluster(), member);
            return new Outcome(as(incident, known.cluster(), known.similarity(), true), Optional.of(joined));
        }
        Cluster founded = clusters.found(member, fingerprint);
        return new Outcome(
                OpenIncident.newBuilder(unknown(incident))
                        .setCluster(founded.getId())
                        .setSettled(true)
                        .build(),
                Optional.of(founded));
    }

    private static OpenIncident as(OpenIncident incident, Cluster before, double similarity, boolean settled) {
        return link(incident, before.getId(), before.getLastIncident(), before.getLastSeen())
                .setNovel(false)
                .setSimilarity(Math.floor(similarity * 10_000) / 10_000)
                .setOccurrence(before.getIncidents() + 1)
                .setSettled(settled)
                .build();
    }

    private static OpenIncident unknown(OpenIncident incident) {
        return link(incident, null, null, null)
                .setNovel(true)
                .setSimilarity(0)
                .setOccurrence(1)
                .build();
    }

    private static OpenIncident.Builder link(
            OpenIncident incident, @Nullable String cluster, @Nullable String previous, @Nullable Long started) {
        return OpenIncident.newBuilder(incident)
                .setCluster(cluster)
                .setPrevious(previous)
                .setPreviousStarted(started);
    }
}
