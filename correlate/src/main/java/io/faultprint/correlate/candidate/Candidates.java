package io.faultprint.correlate.candidate;

import io.faultprint.correlate.graph.Neighbours;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Surprise;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the abnormal services of an incident as possible root causes, without a model: how odd each is by itself, what
 * of its callers' trouble comes to rest at it, how early it looked odd, and what was changed just before.
 */
public final class Candidates {

    /** Named at most. */
    public static final int MOST = 5;

    private static final double HALF_LIFE_MILLIS = 20_000;
    private static final double LATE_AT_LEAST = 0.5;
    private static final double CHANGE_BONUS = 0.6;
    private static final double LEARNING = 0.5;

    private final Duration changeLookback;

    /** @param changeLookback how long before a service looked odd a change to it still counts */
    public Candidates(Duration changeLookback) {
        this.changeLookback = changeLookback;
    }

    /**
     * Ranks these services.
     *
     * @param surprises the surprises of each service, strongest first
     */
    public Ranking rank(
            Map<AbnormalService, List<IncidentSurprise>> surprises, Neighbours neighbours, List<ChangeRef> changes) {
        Map<String, Suspicion> suspicions = new TreeMap<>();
        surprises.forEach((row, seen) -> suspicions.put(row.getService(), Suspicion.of(row, seen)));
        Blame blame = new Blame(suspicions, neighbours);
        long first = suspicions.values().stream()
                .mapToLong(s -> s.row().getOnset())
                .min()
                .orElse(0);
        Map<String, Double> scores = new TreeMap<>();
        Map<String, Double> rest = blame.rest();
        suspicions.forEach((service, s) -> scores.put(
                service,
                rest.getOrDefault(service, 0.0)
                        * early(s, first)
                        * changed(s, changes)
                        * (s.row().getLearning() ? LEARNING : 1)));
        double all = scores.values().stream().mapToDouble(Double::doubleValue).sum();
        scores.replaceAll((service, score) -> all > 0 ? Math.floor(score / all * 10_000) / 10_000 : 0);
        List<Candidate> top = suspicions.values().stream()
                .sorted(Comparator.comparingDouble((Suspicion s) -> scores.getOrDefault(s.service(), 0.0))
                        .reversed()
                        .thenComparing(Suspicion::service))
                .limit(MOST)
                .map(s -> {
                    ChangeRef change = changeBefore(s, changes).orElse(null);
                    List<String> reasons = Reasons.of(s, blame, suspicions.size(), first, change);
                    return candidate(s, scores.getOrDefault(s.service(), 0.0), change, reasons);
                })
                .toList();
        return new Ranking(scores, top);
    }

    private static Candidate candidate(Suspicion s, double score, @Nullable ChangeRef change, List<String> reasons) {
        Optional<Surprise> loudest = s.surprises().stream().findFirst().map(IncidentSurprise::getSurprise);
        return Candidate.newBuilder()
                .setService(s.row().getService())
                .setSignal(loudest.map(SurpriseWords::brief).orElse("abnormal"))
                .setSurprise(loudest.map(Surprise::getKind).orElse(null))
                .setSubject(loudest.map(Surprise::getSubject).orElse(""))
                .setScore(score)
                .setSince(s.row().getOnset())
                .setChange(change == null ? null : change.getId())
                .setReasons(reasons)
                .build();
    }

    /** From 1 for the first to look odd down to a floor: onset is a hint, and clocks of services differ. */
    private static double early(Suspicion s, long first) {
        double behind = s.row().getOnset() - first;
        return LATE_AT_LEAST + (1 - LATE_AT_LEAST) * StrictMath.pow(0.5, behind / HALF_LIFE_MILLIS);
    }

    private double changed(Suspicion s, List<ChangeRef> changes) {
        return changeBefore(s, changes)
                .map(c -> 1 + CHANGE_BONUS * (1 - age(s, c) / (double) (changeLookback.toMillis() + 1)))
                .orElse(1.0);
    }

    /** The latest change to the service in the time before it looked odd. */
    private Optional<ChangeRef> changeBefore(Suspicion s, List<ChangeRef> changes) {
        return changes.stream()
                .filter(c -> c.getService().equals(s.row().getService()))
                .filter(c -> age(s, c) >= 0 && age(s, c) <= changeLookback.toMillis())
                .max(Comparator.comparingLong(ChangeRef::getTime).thenComparing(ChangeRef::getId));
    }

    private static long age(Suspicion s, ChangeRef change) {
        return s.row().getOnset() - change.getTime();
    }
}
