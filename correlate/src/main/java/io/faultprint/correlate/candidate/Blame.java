package io.faultprint.correlate.candidate;

import io.faultprint.correlate.graph.Neighbours;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes what does not point at a service itself on to the abnormal services that it calls, until it comes to rest at
 * the deepest ones: a random walk with absorption on the abnormal part of the service graph.
 *
 * <p>Source of the idea: MonitorRank (Kim, Sumbaly, Shah: "Root Cause Detection in a Service-Oriented Architecture",
 * SIGMETRICS 2013), here with absorption in place of a self-edge, so that the shares add up to what was put in.
 */
final class Blame {

    /** Deeper chains than this rest where they are; also ends the walk in a cycle of calls. */
    private static final int STEPS = 10;

    /** Clocks and windows are not exact: a callee that looks odd this much later may still have been first. */
    private static final long SLACK_MILLIS = 20_000;

    private final Map<String, Suspicion> suspicions;
    private final Neighbours neighbours;

    Blame(Map<String, Suspicion> suspicions, Neighbours neighbours) {
        this.suspicions = suspicions;
        this.neighbours = neighbours;
    }

    /** What rests at each service; adds up to the weight of all suspicions. */
    Map<String, Double> rest() {
        Map<String, Double> rest = new TreeMap<>();
        Map<String, Double> moving = new TreeMap<>();
        suspicions.forEach((service, suspicion) -> moving.put(service, suspicion.weight()));
        for (int step = 0; step < STEPS && !moving.isEmpty(); step++) {
            Map<String, Double> before = new TreeMap<>(moving);
            moving.clear();
            before.forEach((service, weight) -> pass(service, weight, rest, moving));
        }
        moving.forEach((service, weight) -> rest.merge(service, weight, Double::sum));
        return rest;
    }

    /** The abnormal services that {@code service} calls, directly or through one healthy service, that may explain it. */
    List<String> explainedBy(String service) {
        List<String> found = new ArrayList<>();
        for (String callee : neighbours.callees(service)) {
            if (suspicions.containsKey(callee)) {
                add(found, service, callee);
            } else {
                neighbours.callees(callee).forEach(next -> add(found, service, next));
            }
        }
        return found;
    }

    /** The abnormal services that call {@code service} and that it may explain. */
    List<String> explains(String service) {
        return suspicions.keySet().stream()
                .filter(caller -> explainedBy(caller).contains(service))
                .toList();
    }

    private void pass(String service, double weight, Map<String, Double> rest, Map<String, Double> moving) {
        Suspicion suspicion = suspicion(service);
        List<String> causes = explainedBy(service);
        double share = causes.isEmpty() || suspicion.weight() == 0 ? 0 : suspicion.passedOn() / suspicion.weight();
        rest.merge(service, weight * (1 - share), Double::sum);
        double all = causes.stream().mapToDouble(c -> suspicion(c).weight()).sum();
        if (share > 0 && all > 0) {
            causes.forEach(c -> moving.merge(c, weight * share * suspicion(c).weight() / all, Double::sum));
        }
    }

    private void add(List<String> found, String caller, String callee) {
        Suspicion below = suspicions.get(callee);
        if (below != null
                && !callee.equals(caller)
                && !found.contains(callee)
                && below.explainsCallers()
                && below.row().getOnset() <= suspicion(caller).row().getOnset() + SLACK_MILLIS) {
            found.add(callee);
        }
    }

    private Suspicion suspicion(String service) {
        Suspicion suspicion = suspicions.get(service);
        if (suspicion == null) {
            throw new IllegalArgumentException(service + " is not abnormal");
        }
        return suspicion;
    }
}
