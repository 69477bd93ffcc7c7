package io.faultprint.correlate.incident;

import io.faultprint.correlate.graph.Neighbours;
import io.faultprint.correlate.state.AbnormalService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What belongs together: abnormal services are one group when a chain of calls connects them in which at most
 * {@code hops - 1} healthy services stand between two abnormal ones, caller to callee. Two healthy branches below a
 * common healthy caller do not touch. The services of one open incident are one group from the start.
 */
final class Grouping {

    /**
     * Services that belong together.
     *
     * @param incidents open incidents among them, sorted
     * @param newcomers abnormal services among them that belong to no incident yet, by name
     */
    record Group(SortedSet<String> incidents, List<AbnormalService> newcomers) {}

    private final Map<String, AbnormalService> services = new TreeMap<>();
    private final Map<String, String> parents = new TreeMap<>();

    private Grouping(List<AbnormalService> abnormal) {
        for (AbnormalService row : abnormal) {
            services.put(row.getService(), row);
            parents.put(row.getService(), row.getService());
        }
    }

    /** The groups of these services, by the name of their first service. */
    static List<Group> of(List<AbnormalService> abnormal, Neighbours neighbours, int hops) {
        Grouping grouping = new Grouping(abnormal);
        grouping.uniteIncidents();
        grouping.services.forEach((service, row) -> grouping.follow(row, service, neighbours, hops));
        return grouping.groups();
    }

    private void uniteIncidents() {
        Map<String, String> first = new TreeMap<>();
        services.forEach((service, row) -> {
            if (row.getIncident() != null) {
                unite(first.computeIfAbsent(row.getIncident(), i -> service), service);
            }
        });
    }

    private void follow(AbnormalService from, String at, Neighbours neighbours, int hops) {
        for (String callee : neighbours.callees(at)) {
            AbnormalService row = services.get(callee);
            if (row != null) {
                touch(from, row);
            } else if (hops > 1) {
                follow(from, callee, neighbours, hops - 1);
            }
        }
    }

    /** Two services that are both still being learned do not vouch for each other. */
    private void touch(AbnormalService caller, AbnormalService callee) {
        if (!caller.getLearning() || !callee.getLearning()) {
            unite(caller.getService(), callee.getService());
        }
    }

    private List<Group> groups() {
        Map<String, Group> groups = new TreeMap<>();
        services.forEach((service, row) -> {
            Group group = groups.computeIfAbsent(root(service), r -> new Group(new TreeSet<>(), new ArrayList<>()));
            if (row.getIncident() == null) {
                group.newcomers().add(row);
            } else {
                group.incidents().add(row.getIncident());
            }
        });
        groups.values().forEach(g -> g.newcomers().sort(Comparator.comparing(AbnormalService::getService)));
        return List.copyOf(groups.values());
    }

    /** The smaller name becomes the root, so that the result does not depend on the order of uniting. */
    private void unite(String a, String b) {
        String x = root(a);
        String y = root(b);
        if (x.compareTo(y) < 0) {
            parents.put(y, x);
        } else {
            parents.put(x, y);
        }
    }

    private String root(String service) {
        String at = service;
        String parent = parents.getOrDefault(at, at);
        while (!parent.equals(at)) {
            at = parent;
            parent = parents.getOrDefault(at, at);
        }
        return at;
    }
}
