package io.faultprint.correlate.incident;

import io.faultprint.correlate.candidate.Candidates;
import io.faultprint.correlate.cluster.Clusters;
import io.faultprint.correlate.graph.Neighbours;
import io.faultprint.correlate.graph.ServiceGraph;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.correlate.table.Table;
import io.faultprint.id.Ids;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * Incidents of every environment, window by window: opened, extended, merged, settled, resolved. What it does at a
 * window depends on the windows before it and on what the window holds, never on the order in which that arrived.
 */
public final class Incidents {

    private static final Comparator<OpenIncident> OLDEST =
            Comparator.comparingLong(OpenIncident::getOpeningWindow).thenComparing(OpenIncident::getId);

    private final Table<OpenIncident> open;
    private final ServiceGraph graph;
    private final RecentChanges changes;
    private final AbnormalServices abnormal;
    private final Clusters clusters;
    private final Revisions revisions;
    private final IncidentSettings settings;
    private final Windows windows;
    private final ObjIntConsumer<Bound> left;

    /**
     * @param configuration fingerprint of the configuration that the contents depend on; every incident carries it
     * @param left told how many things a bound left out
     */
    public Incidents(
            IncidentTables tables,
            IncidentSettings settings,
            Windows windows,
            String configuration,
            ObjIntConsumer<Bound> left) {
        this.open = tables.open();
        this.settings = settings;
        this.windows = windows;
        this.left = left;
        this.graph = new ServiceGraph(
                tables.graph(),
                settings.edgeMemory(),
                settings.caps().edges(),
                count -> left.accept(Bound.EDGES, count));
        this.changes = new RecentChanges(tables.changes(), settings, left);
        this.abnormal = new AbnormalServices(
                tables.abnormal(), tables.surprises(), tables.signatures(), settings, windows.sizeMillis());
        this.clusters = new Clusters(tables.clusters(), settings.clusters(), () -> left.accept(Bound.CLUSTERS, 1));
        this.revisions = new Revisions(
                abnormal,
                changes,
                new Candidates(settings.changeLookback()),
                new Settling(clusters),
                settings,
                windows,
                configuration);
    }

    /** How many incidents are open. */
    public int open() {
        return open.keys().size();
    }

    /** The environments with an open incident: for them a window without any digest says something too. */
    public Set<String> environmentsWithIncidents() {
        return open.keys().stream().map(Keys::environmentOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Evaluates one window of one environment; windows come in order, each once.
     *
     * @param blind true when some door did not cover the window: then silence says nothing
     * @param contents the digests of the window, in any order
     * @return new revisions of incidents and clusters, complete records
     */
    public List<SpecificRecord> evaluate(String environment, long windowStart, boolean blind, List<Digest> contents) {
        List<Digest> digests = contents.stream()
                .sorted(Comparator.comparing(Digest::getService))
                .toList();
        List<SpecificRecord> out = new ArrayList<>();
        for (Digest digest : digests) {
            for (SignatureAlias alias : digest.getAliases()) {
                abnormal.rename(environment, digest.getService(), alias.getId(), alias.getOf());
                out.addAll(clusters.rename(
                        environment, digest.getService(), alias.getId(), alias.getOf(), windows.knownAt(windowStart)));
            }
        }
        graph.learn(environment, windowStart, digests);
        changes.learn(environment, digests);
        abnormal.forget(environment, windowStart);
        abnormal.observe(windowStart, blind, strongest(digests));
        List<AbnormalService> rows = abnormal.all(environment);
        if (rows.isEmpty()) {
            changes.forget(environment, windowStart);
            return out;
        }
        Neighbours neighbours = graph.asOf(environment, windowStart);
        for (Grouping.Group group : Grouping.of(alive(rows, windowStart), neighbours, settings.hops())) {
            gather(environment, windowStart, group, neighbours, out);
        }
        Set<String> unseen = digests.stream()
                .filter(d -> !d.getCovered())
                .map(Digest::getService)
                .collect(Collectors.toSet());
        for (OpenIncident incident : inOrder(environment)) {
            out.addAll(advance(incident, windowStart, blind, unseen, neighbours));
        }
        changes.forget(
                environment,
                inOrder(environment).stream()
                        .mapToLong(OpenIncident::getStarted)
                        .reduce(windowStart, Math::min));
        return out;
    }

    /**
     * The data has ended, which is not silence: incidents stay open, and what was provisional freezes.
     *
     * @param windowStart the last window evaluated
     */
    public List<SpecificRecord> finish(String environment, long windowStart) {
        Neighbours neighbours = graph.asOf(environment, windowStart);
        List<SpecificRecord> out = new ArrayList<>();
        for (OpenIncident incident : inOrder(environment)) {
            out.addAll(keep(revisions.last(incident, windowStart, neighbours)));
        }
        return out;
    }

    private void gather(
            String environment,
            long windowStart,
            Grouping.Group group,
            Neighbours neighbours,
            List<SpecificRecord> out) {
        List<OpenIncident> touched = inOrder(environment).stream()
                .filter(i -> group.incidents().contains(i.getId()))
                .toList();
        if (touched.isEmpty()) {
            open(environment, windowStart, group);
            return;
        }
        OpenIncident survivor = touched.get(0);
        String id = survivor.getId();
        for (OpenIncident other : touched.subList(1, touched.size())) {
            out.add(revisions.merged(other, id, windowStart, neighbours));
            abnormal.of(environment, other.getId()).forEach(row -> abnormal.assign(row, id, windowStart));
            open.remove(key(other));
            survivor = OpenIncident.newBuilder(survivor)
                    .setStarted(Math.min(survivor.getStarted(), other.getStarted()))
                    .setLastAbnormal(Math.max(survivor.getLastAbnormal(), other.getLastAbnormal()))
                    .setSeverity(Math.min(survivor.getSeverity(), other.getSeverity()))
                    .build();
        }
        open.put(key(survivor), survivor);
        int members = abnormal.of(environment, id).size();
        join(group.newcomers(), id, windowStart, settings.caps().services() - members);
    }

    /**
     * Opens an incident where a group may. Its id: environment, start of the opening window in epoch milliseconds
     * (decimal), the smallest name of a service that may open.
     */
    private void open(String environment, long windowStart, Grouping.Group group) {
        List<String> openers = group.newcomers().stream()
                .filter(row -> abnormal.mayOpen(row, windowStart))
                .map(AbnormalService::getService)
                .toList();
        if (openers.isEmpty()) {
            return;
        }
        if (inOrder(environment).size() >= settings.caps().incidents()) {
            left.accept(Bound.INCIDENTS, 1);
            return;
        }
        String id = Ids.of(Ids.INCIDENT, environment, Long.toString(windowStart), openers.get(0));
        OpenIncident incident = OpenIncident.newBuilder()
                .setEnvironment(environment)
                .setId(id)
                .setOpeningWindow(windowStart)
                .setStarted(started(group.newcomers(), windowStart))
                .setLastAbnormal(windowStart + windows.sizeMillis())
                .setCalm(0)
                .setAge(0)
                .setQuiet(0)
                .setRevision(0)
                .setPublished("")
                .setSeverity(4)
                .setSettled(false)
                .setNovel(true)
                .setSimilarity(0)
                .setOccurrence(1)
                .build();
        open.put(key(incident), incident);
        List<AbnormalService> openersFirst = new ArrayList<>(group.newcomers());
        openersFirst.sort(Comparator.comparing((AbnormalService row) -> !openers.contains(row.getService())));
        join(openersFirst, id, windowStart, settings.caps().services());
    }

    private void join(List<AbnormalService> newcomers, String incident, long windowStart, int room) {
        int taken = Math.min(newcomers.size(), Math.max(0, room));
        newcomers.subList(0, taken).forEach(row -> abnormal.assign(row, incident, windowStart));
        if (taken < newcomers.size()) {
            left.accept(Bound.SERVICES, newcomers.size() - taken);
        }
    }

    private static long started(List<AbnormalService> rows, long windowStart) {
        return rows.stream()
                .filter(row -> !row.getLearning())
                .mapToLong(AbnormalService::getOnset)
                .min()
                .orElse(windowStart);
    }

    private List<SpecificRecord> advance(
            OpenIncident incident, long windowStart, boolean blind, Set<String> unseen, Neighbours neighbours) {
        List<AbnormalService> members = abnormal.of(incident.getEnvironment(), incident.getId());
        boolean goesOn = members.stream().anyMatch(m -> m.getLastWindow() == windowStart && !m.getLearning());
        boolean cannotSee = blind || members.stream().anyMatch(m -> unseen.contains(m.getService()));
        boolean grows = members.stream().anyMatch(m -> m.getJoined() == windowStart || saysNew(m, windowStart));
        return keep(revisions.next(
                OpenIncident.newBuilder(incident)
                        .setCalm(goesOn ? 0 : incident.getCalm() + (cannotSee ? 0 : 1))
                        .setLastAbnormal(goesOn ? windowStart + windows.sizeMillis() : incident.getLastAbnormal())
                        .setAge(incident.getAge() + 1)
                        .setQuiet(grows ? 0 : incident.getQuiet() + (cannotSee ? 0 : 1))
                        .build(),
                windowStart,
                neighbours));
    }

    private boolean saysNew(AbnormalService member, long windowStart) {
        return abnormal.surprisesOf(member).stream()
                .anyMatch(s -> s.getFirstWindow() == windowStart && AbnormalServices.isSaid(s.getSurprise()));
    }

    private List<SpecificRecord> keep(Revisions.Step step) {
        OpenIncident incident = step.incident();
        if (step.over()) {
            open.remove(key(incident));
            abnormal.release(incident.getEnvironment(), incident.getId());
        } else {
            open.put(key(incident), incident);
        }
        return step.records();
    }

    /** Services outside of incidents that may still open one, and those whose incident still feels them. */
    private List<AbnormalService> alive(List<AbnormalService> rows, long windowStart) {
        long hold = settings.calmWindows() * windows.sizeMillis();
        return rows.stream()
                .filter(row -> row.getIncident() == null
                        ? abnormal.isRecent(row, windowStart)
                        : row.getLastWindow() > windowStart - hold)
                .toList();
    }

    private List<Digest> strongest(List<Digest> digests) {
        List<Digest> odd = digests.stream()
                .filter(d -> d.getStrength() >= settings.medium())
                .sorted(Comparator.comparingDouble(Digest::getStrength)
                        .reversed()
                        .thenComparing(Digest::getService))
                .toList();
        int most = settings.caps().digests();
        if (odd.size() <= most) {
            return odd;
        }
        left.accept(Bound.DIGESTS, odd.size() - most);
        return odd.subList(0, most);
    }

    private List<OpenIncident> inOrder(String environment) {
        return open.under(environment + "/").stream().sorted(OLDEST).toList();
    }

    private static String key(OpenIncident incident) {
        return Keys.id(incident.getEnvironment(), incident.getId());
    }
}
