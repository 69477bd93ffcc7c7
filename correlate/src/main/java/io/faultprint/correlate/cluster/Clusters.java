package io.faultprint.correlate.cluster;

import io.faultprint.correlate.table.Table;
import io.faultprint.id.Ids;
import io.faultprint.incident.Cluster;
import io.faultprint.topic.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clusters of every environment: knowledge that outlives a run. An incident joins the most similar one when it is
 * similar enough, and clearly more similar than to another failure; else it founds one.
 */
public final class Clusters {

    /** An incident as clusters see it. */
    public record Member(String environment, String incident, String title, long started, long asOf) {}

    private final Table<Cluster> clusters;
    private final ClusterSettings settings;
    private final Runnable evicted;

    /** @param evicted told of each cluster that the bound makes us forget */
    public Clusters(Table<Cluster> clusters, ClusterSettings settings, Runnable evicted) {
        this.clusters = clusters;
        this.settings = settings;
        this.evicted = evicted;
    }

    /** The settings it works by. */
    public ClusterSettings settings() {
        return settings;
    }

    /** Which cluster a fingerprint would join now; changes nothing. */
    public Match match(String environment, Fingerprint fingerprint) {
        record Scored(Cluster cluster, Fingerprint founding, double similarity) {}
        List<Scored> scored = clusters.under(environment + "/").stream()
                .map(c -> {
                    Fingerprint founding = Fingerprint.of(c.getFingerprint());
                    return new Scored(c, founding, founding.similarity(fingerprint));
                })
                .sorted(Comparator.comparingDouble(Scored::similarity)
                        .reversed()
                        .thenComparing(s -> s.cluster().getFirstSeen())
                        .thenComparing(s -> s.cluster().getId()))
                .toList();
        String same = idOf(environment, fingerprint);
        for (Scored s : scored) {
            if (s.cluster().getId().equals(same)) {
                // The same features in other weights give the same id, and an id means one thing only.
                return new Match.Known(s.cluster(), s.similarity());
            }
        }
        if (scored.isEmpty() || scored.get(0).similarity() < settings.similarity()) {
            return new Match.Novel();
        }
        Scored best = scored.get(0);
        // Two clusters that are themselves alike are one failure that was once taken for two; between them there is no
        // doubt worth a third. The margin is against another failure.
        Optional<Scored> other = scored.stream()
                .skip(1)
                .filter(s -> s.founding().similarity(best.founding()) < settings.similarity())
                .findFirst();
        return other.filter(s -> best.similarity() - s.similarity() < settings.margin())
                .<Match>map(s -> new Match.Novel())
                .orElseGet(() -> new Match.Known(best.cluster(), best.similarity()));
    }

    /**
     * A signature of a service is another one from now on: founding fingerprints that hold it go on with the other, or
     * a failure that came back would be novel because our templates grew. A cluster's id stays what it was.
     *
     * @return the clusters that changed
     */
    public List<Cluster> rename(String environment, String service, String signature, String of, long asOf) {
        List<Cluster> renamed = new ArrayList<>();
        for (Cluster cluster : clusters.under(environment + "/")) {
            Fingerprint before = Fingerprint.of(cluster.getFingerprint());
            Fingerprint after = before.renamed(service, signature, of);
            if (!after.equals(before)) {
                renamed.add(keep(Cluster.newBuilder(cluster)
                        .setRevision(cluster.getRevision() + 1)
                        .setFingerprint(after.features())
                        .setAsOf(asOf)
                        .build()));
            }
        }
        return renamed;
    }

    /** The cluster with one more incident. */
    public Cluster join(Cluster cluster, Member member) {
        return keep(Cluster.newBuilder(cluster)
                .setRevision(cluster.getRevision() + 1)
                .setIncidents(cluster.getIncidents() + 1)
                .setLastSeen(Math.max(cluster.getLastSeen(), member.started()))
                .setLastIncident(member.incident())
                .setAsOf(member.asOf())
                .build());
    }

    /** A new cluster with this founder; only for a fingerprint that {@link #match} calls novel. */
    public Cluster found(Member founder, Fingerprint fingerprint) {
        makeRoom(founder.environment());
        return keep(Cluster.newBuilder()
                .setId(idOf(founder.environment(), fingerprint))
                .setRevision(1)
                .setEnvironment(founder.environment())
                .setTitle(founder.title())
                .setFingerprint(fingerprint.features())
                .setIncidents(1)
                .setFounder(founder.incident())
                .setFirstSeen(founder.started())
                .setLastSeen(founder.started())
                .setLastIncident(founder.incident())
                .setAsOf(founder.asOf())
                .build());
    }

    /** A cluster's id: environment, then the features of its founding fingerprint by name, without their weights. */
    private static String idOf(String environment, Fingerprint founding) {
        return Ids.of(
                Ids.CLUSTER,
                Stream.concat(Stream.of(environment), founding.weights().keySet().stream())
                        .toArray(String[]::new));
    }

    private Cluster keep(Cluster cluster) {
        clusters.put(Keys.id(cluster.getEnvironment(), cluster.getId()), cluster);
        return cluster;
    }

    private void makeRoom(String environment) {
        List<Cluster> known = new ArrayList<>(clusters.under(environment + "/"));
        known.sort(Comparator.comparingLong(Cluster::getLastSeen).thenComparing(Cluster::getId));
        for (Cluster cluster : known.subList(0, Math.max(0, known.size() - settings.most() + 1))) {
            clusters.remove(Keys.id(environment, cluster.getId()));
            evicted.run();
        }
    }
}
