package io.faultprint.correlate.graph;

import static io.faultprint.correlate.table.Table.NUL;

import io.faultprint.correlate.state.GraphEdge;
import io.faultprint.correlate.table.Table;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Edge;
import io.faultprint.topic.Keys;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The service graph of every environment: learned from the edges that digests carry, forgotten when an edge was not
 * seen for a while, and bounded. A pure function of the windows it was shown, in their order.
 */
public final class ServiceGraph {

    /** A steady edge is written again only when its row is this old: memory is counted in hours, writes in windows. */
    private static final long REFRESH_MILLIS = Duration.ofHours(1).toMillis();

    private final Table<GraphEdge> edges;
    private final long memoryMillis;
    private final int most;
    private final IntConsumer left;

    /**
     * @param edges where edges are kept
     * @param memory how long an edge is believed in after it was last seen
     * @param most edges kept per environment; beyond it those longest unseen go first
     * @param left told how many had to go for that
     */
    public ServiceGraph(Table<GraphEdge> edges, Duration memory, int most, IntConsumer left) {
        this.edges = edges;
        this.memoryMillis = memory.toMillis();
        this.most = most;
        this.left = left;
    }

    /** Takes in the edges of a window's digests. */
    public void learn(String environment, long windowStart, List<Digest> digests) {
        boolean grew = false;
        for (Digest digest : digests) {
            for (Edge edge : digest.getEdges()) {
                grew |= learn(environment, windowStart, digest.getService(), edge.getCallee());
            }
        }
        if (grew) {
            forget(environment, windowStart);
        }
    }

    /** Who calls whom as of a window. */
    public Neighbours asOf(String environment, long windowStart) {
        Neighbours.Builder neighbours = new Neighbours.Builder();
        for (GraphEdge edge : edges.under(environment + "/")) {
            if (edge.getLastSeen() >= windowStart - memoryMillis) {
                neighbours.add(edge.getCaller(), edge.getCallee());
            }
        }
        return neighbours.build();
    }

    private boolean learn(String environment, long windowStart, String caller, String callee) {
        if (caller.equals(callee)) {
            return false;
        }
        String key = Keys.service(environment, caller) + NUL + callee;
        GraphEdge known = edges.get(key);
        if (known == null || windowStart - known.getLastSeen() >= REFRESH_MILLIS) {
            edges.put(key, new GraphEdge(caller, callee, windowStart));
        }
        return known == null;
    }

    /** Only a new edge can break the bound, so this runs only then; an edge too old to be believed goes with it. */
    private void forget(String environment, long windowStart) {
        List<Map.Entry<String, GraphEdge>> known = edges.entriesUnder(environment + "/");
        known.stream()
                .filter(e -> e.getValue().getLastSeen() < windowStart - memoryMillis)
                .forEach(e -> edges.remove(e.getKey()));
        List<Map.Entry<String, GraphEdge>> rest = edges.entriesUnder(environment + "/");
        int surplus = rest.size() - most;
        if (surplus > 0) {
            rest.stream()
                    .sorted(Comparator.comparingLong(e -> e.getValue().getLastSeen()))
                    .limit(surplus)
                    .forEach(e -> edges.remove(e.getKey()));
            left.accept(surplus);
        }
    }
}
