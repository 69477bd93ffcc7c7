package io.faultprint.correlate.graph;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who calls whom in one environment at one time; immutable. */
public final class Neighbours {

    /** No edges at all. */
    public static final Neighbours NONE = new Builder().build();

    private final Map<String, SortedSet<String>> callees;
    private final Map<String, SortedSet<String>> callers;

    private Neighbours(Map<String, SortedSet<String>> callees, Map<String, SortedSet<String>> callers) {
        this.callees = callees;
        this.callers = callers;
    }

    /** The services that {@code service} calls directly, sorted. */
    public Set<String> callees(String service) {
        return callees.getOrDefault(service, Collections.emptySortedSet());
    }

    /** The services that call {@code service} directly, sorted. */
    public Set<String> callers(String service) {
        return callers.getOrDefault(service, Collections.emptySortedSet());
    }

    /** Collects edges. */
    public static final class Builder {

        private final Map<String, SortedSet<String>> callees = new TreeMap<>();
        private final Map<String, SortedSet<String>> callers = new TreeMap<>();

        public Builder add(String caller, String callee) {
            callees.computeIfAbsent(caller, c -> new TreeSet<>()).add(callee);
            callers.computeIfAbsent(callee, c -> new TreeSet<>()).add(caller);
            return this;
        }

        public Neighbours build() {
            return new Neighbours(new TreeMap<>(callees), new TreeMap<>(callers));
        }
    }
}
