package io.faultprint.evaluate.score;

import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.evaluate.truth.Fault;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The incidents of one case beside its faults.
 *
 * @param caseName the folder
 * @param millis event time, from the first window to the last event
 * @param events that were kept
 * @param faults each fault, by its onset
 * @param others incidents that no fault owns: false ones
 * @param novel settled incidents of new clusters: what would have been diagnosed
 */
public record IncidentScore(
        String caseName, long millis, long events, List<FaultScore> faults, List<History> others, long novel) {

    private static final long EARLY_MILLIS = 60_000;

    /** The simple rules see as much of a fault as Faultprint does when it is judged early. */
    private static final long RULES_MILLIS = 120_000;

    public IncidentScore {
        faults = List.copyOf(faults);
        others = List.copyOf(others);
    }

    /**
     * Judges what was said of a case.
     *
     * @param strength from which a window is abnormal, as {@code incidents.medium}
     */
    public static IncidentScore of(Case truth, Said said, Owners owners, double strength) {
        List<History> incidents = History.of(said.revisions());
        Map<Optional<Fault>, List<History>> owned = owners.assign(truth.faults(), incidents);
        Ranks rules = new Ranks(said.windows(), strength);
        Set<String> seen = new HashSet<>();
        List<FaultScore> faults = new ArrayList<>();
        for (Fault fault : truth.faults()) {
            boolean first = seen.add(fault.service() + " " + fault.type());
            faults.add(score(
                    truth.name(), fault, owned.getOrDefault(Optional.of(fault), List.of()), first, rules, owners));
        }
        return new IncidentScore(
                truth.name(),
                said.millis(),
                said.replay().loss().acknowledged(),
                faults,
                owned.getOrDefault(Optional.<Fault>empty(), List.of()),
                incidents.stream()
                        .map(History::last)
                        .filter(incident -> incident.getSettled() && incident.getNovel())
                        .count());
    }

    private static FaultScore score(
            String name, Fault fault, List<History> told, boolean first, Ranks rules, Owners owners) {
        Map<Ranks.Rule, Integer> places = new EnumMap<>(Ranks.Rule.class);
        for (Ranks.Rule rule : Ranks.Rule.values()) {
            places.put(rule, rules.rank(rule, fault, fault.time() + RULES_MILLIS));
        }
        if (told.isEmpty()) {
            return new FaultScore(
                    name,
                    fault,
                    Optional.empty(),
                    false,
                    0,
                    History.NOWHERE,
                    History.NOWHERE,
                    Optional.empty(),
                    false,
                    first,
                    fault.change().map(change -> false),
                    places);
        }
        History history = told.get(0);
        Incident last = history.last();
        return new FaultScore(
                name,
                fault,
                Optional.of(Math.max(0, history.opened() - fault.time())),
                owners.soon(fault, history.opened()),
                told.size(),
                History.rank(history.asOf(EARLY_MILLIS), fault.service()),
                History.rank(last, fault.service()),
                Optional.ofNullable(last.getCluster()),
                last.getNovel(),
                first,
                fault.change().map(change -> names(last, change)),
                places);
    }

    private static boolean names(Incident incident, String change) {
        List<Candidate> candidates = incident.getCandidates();
        return !candidates.isEmpty() && change.equals(candidates.get(0).getChange());
    }
}
