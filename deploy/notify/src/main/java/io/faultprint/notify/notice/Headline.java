package io.faultprint.notify.notice;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Hypothesis;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a notification says of a diagnosis.
 *
 * @param revision the diagnosis record's; with the cluster it names the diagnosis
 * @param conclusive whether a hypothesis stands
 * @param statement the likeliest hypothesis in words, or the summary where none stands
 * @param confidence of that hypothesis, 0 to 1; 0 where none stands
 * @param category what sort of cause; null where none stands
 * @param service where it started; null where none stands
 * @param nextChecks what to look at next
 * @param engine rules, or the name of the model's engine
 */
public record Headline(
        String cluster,
        int generation,
        int revision,
        boolean conclusive,
        String statement,
        double confidence,
        @Nullable String category,
        @Nullable String service,
        java.util.List<String> nextChecks,
        String engine) {

    private static final int MOST_CHECKS = 5;

    public Headline {
        nextChecks = java.util.List.copyOf(nextChecks);
    }

    /** Empty while an owner is at work, and where no engine could answer: there is nothing to tell. */
    static Optional<Headline> of(Diagnosis diagnosis) {
        if (diagnosis.getState() != DiagnosisState.DIAGNOSED && diagnosis.getState() != DiagnosisState.INCONCLUSIVE) {
            return Optional.empty();
        }
        Hypothesis best = diagnosis.getHypotheses().isEmpty()
                ? null
                : diagnosis.getHypotheses().get(0);
        return Optional.of(new Headline(
                diagnosis.getCluster(),
                diagnosis.getGeneration(),
                diagnosis.getRevision(),
                best != null,
                Texts.cut(best == null ? diagnosis.getSummary() : best.getStatement()),
                best == null ? 0 : best.getConfidence(),
                best == null ? null : best.getCategory().name(),
                best == null ? null : best.getService(),
                best == null
                        ? java.util.List.of()
                        : best.getNextChecks().stream()
                                .limit(MOST_CHECKS)
                                .map(Texts::cut)
                                .toList(),
                diagnosis.getEngine()));
    }
}
