package io.faultprint.diagnose.check;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sure a claim is, by arithmetic alone:
 *
 * <pre>
 * confidence = min(cap, support × place)
 * support    = 1 − Π (1 − w) over the cited facts
 *   surprise   w = 0.55 × min(1, score / 8)      score is −log10 of how often a healthy service looks this odd
 *   signature  w = 0.30                          words alone prove little: they may be a symptom
 *   change     w = 0.60 within 2 min before, 0.40 within 10, 0.20 before that; only when it is the claim
 *   other      w = 0
 * place      = 0.4 + 0.6 × (share of this service among the candidates' scores)
 * cap        = 0.35 without a named cause (UNKNOWN), 0.60 with one fact, 0.90 else
 * </pre>
 *
 * The numbers are a first guess that orders claims well on the scenarios; they are to be calibrated against what people
 * say about diagnoses.
 */
final class Confidence {

    /** Below this a claim is not worth a person's time. */
    static final double LEAST = 0.2;

    private Confidence() {}

    static double of(
            CauseCategory category,
            String service,
            @Nullable Long since,
            @Nullable String change,
            List<Evidence> cited,
            List<Evidence> all) {
        double doubt = 1;
        int facts = 0;
        for (Evidence fact : cited) {
            double weight = weight(fact, since, change);
            doubt *= 1 - weight;
            facts += weight > 0 ? 1 : 0;
        }
        double cap = category == CauseCategory.UNKNOWN ? 0.35 : facts < 2 ? 0.6 : 0.9;
        double value = Math.min(cap, (1 - doubt) * (0.4 + 0.6 * share(service, all)));
        return Math.round(value * 100) / 100.0;
    }

    private static double weight(Evidence fact, @Nullable Long since, @Nullable String change) {
        return switch (fact.getKind()) {
            case SURPRISE -> 0.55 * Math.min(1, Math.max(0, fact.getScore()) / 8);
            case SIGNATURE -> 0.3;
            case CHANGE -> fact.getSignal().equals(change) ? proximity(since, fact.getTime()) : 0;
            default -> 0;
        };
    }

    private static double proximity(@Nullable Long since, @Nullable Long changed) {
        if (since == null || changed == null) {
            return 0;
        }
        long before = since - changed;
        return before <= Duration.ofMinutes(2).toMillis()
                ? 0.6
                : before <= Duration.ofMinutes(10).toMillis() ? 0.4 : 0.2;
    }

    private static double share(String service, List<Evidence> all) {
        double sum = 0;
        double own = 0;
        for (Evidence fact : all) {
            if (fact.getKind() == EvidenceKind.CANDIDATE) {
                double score = Math.max(0, fact.getScore());
                sum += score;
                own += fact.getService().equals(service) ? score : 0;
            }
        }
        return sum == 0 ? 0 : own / sum;
    }
}
