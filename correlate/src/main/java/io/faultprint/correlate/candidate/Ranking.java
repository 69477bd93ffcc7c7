package io.faultprint.correlate.candidate;

import io.faultprint.incident.Candidate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The candidates of an incident.
 *
 * @param shares the share of each abnormal service in the blame, 0 to 1, together at most 1
 * @param top the strongest, highest score first, with their reasons
 */
public record Ranking(Map<String, Double> shares, List<Candidate> top) {

    public Ranking {
        shares = new TreeMap<>(shares);
        top = List.copyOf(top);
    }

    /** The share of a service relative to the strongest, 0 to 1. */
    public double relative(String service) {
        double best = top.isEmpty() ? 0 : top.get(0).getScore();
        return best > 0 ? Math.min(1, shares.getOrDefault(service, 0.0) / best) : 1;
    }
}
