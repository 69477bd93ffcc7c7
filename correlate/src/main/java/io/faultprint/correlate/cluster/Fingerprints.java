package io.faultprint.correlate.cluster;

import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Makes a fingerprint of an incident's surprises.
 *
 * <p>Every surprise gives two features: what exactly it is (service, what, subject) and, lighter, only that this service
 * shows this sort of trouble; so the same failure still meets itself when other operations or lines carry it. Scores
 * enter bounded, because a worse occurrence is the same failure; a service counts by its share in the blame, because
 * those around it differ from one occurrence to the next. A signature says the same whether it is new or only more
 * frequent than usual: on its second occurrence it is no longer new.
 */
public final class Fingerprints {

    private static final double CERTAIN = 6;
    private static final double DOUBTFUL = 2;
    private static final double BYSTANDER = 0.15;
    private static final double COARSE = 0.5;
    private static final int ERROR = 17;

    private Fingerprints() {}

    /**
     * The fingerprint of these surprises.
     *
     * @param blame share of a service in the blame, relative to the strongest candidate, 0 to 1
     * @param most features kept, heaviest first
     */
    public static Fingerprint of(Collection<IncidentSurprise> surprises, ToDoubleFunction<String> blame, int most) {
        Map<String, Map<String, Double>> bySort = new TreeMap<>();
        for (IncidentSurprise seen : surprises) {
            double role = BYSTANDER + (1 - BYSTANDER) * blame.applyAsDouble(seen.getService());
            Surprise surprise = seen.getSurprise();
            double weight = role * specificity(surprise) * certainty(surprise.getScore());
            bySort.computeIfAbsent(seen.getService() + " " + sort(surprise), s -> new HashMap<>())
                    .merge(subject(surprise), weight, Math::max);
        }
        Map<String, Double> weights = new TreeMap<>();
        bySort.forEach((sort, subjects) -> add(sort, subjects, weights));
        return Fingerprint.of(weights, most);
    }

    /** Twenty lines of one failure must not outweigh everything else: together they count as much as two. */
    private static void add(String sort, Map<String, Double> subjects, Map<String, Double> weights) {
        double loudest = subjects.values().stream().mapToDouble(w -> w).max().orElse(0);
        double all = subjects.values().stream().sorted().mapToDouble(w -> w).sum();
        double scale = all > 2 * loudest ? 2 * loudest / all : 1;
        weights.put(sort, COARSE * loudest);
        subjects.forEach((subject, weight) -> weights.put(sort + " " + subject, weight * scale));
    }

    /** What sort of trouble it is; new and frequent are one sort. */
    private static String sort(Surprise surprise) {
        boolean down = surprise.getDirection() == Direction.DOWN || surprise.getDirection() == Direction.GONE;
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE, ERROR_RATE -> "says";
            case SIGNATURE_RATE -> down ? "says less" : "says";
            case SIGNATURE_SILENT -> "says less";
            case SERVICE_SILENT -> "silent";
            case METRIC -> down ? "metric low" : "metric high";
            case SPAN_ERRORS -> "fails";
            case SPAN_LATENCY -> down ? "fast" : "slow";
            case SPAN_THROUGHPUT -> down ? "less load" : "more load";
            case ALERT -> "alert";
        };
    }

    /** A metric's subject without its attributes: pods and hosts differ from one occurrence to the next. */
    private static String subject(Surprise surprise) {
        String subject = surprise.getSubject();
        int attributes = subject.indexOf('{');
        return attributes > 0 ? subject.substring(0, attributes) : subject;
    }

    private static double certainty(double score) {
        return Math.max(0.05, Math.min(1, (score - DOUBTFUL) / (CERTAIN - DOUBTFUL)));
    }

    /** How much each sort says about which failure it is; estimates, see RATIONALE.md. */
    private static double specificity(Surprise surprise) {
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE, ERROR_RATE, SIGNATURE_RATE -> surprise.getSeverityNumber() >= ERROR ? 1 : 0.4;
            case SERVICE_SILENT -> 1;
            case SPAN_ERRORS -> 0.8;
            case ALERT, METRIC -> 0.6;
            case SPAN_LATENCY -> 0.7;
            case SIGNATURE_SILENT -> 0.4;
            case SPAN_THROUGHPUT -> 0.2;
        };
    }
}
