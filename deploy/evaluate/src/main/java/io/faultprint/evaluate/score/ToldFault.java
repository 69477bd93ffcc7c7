package io.faultprint.evaluate.score;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.evaluate.truth.Fault;
import java.util.List;
import java.util.Optional;

/**
 * A fault, and what was diagnosed of it.
 *
 * @param found whether an incident was opened for it
 * @param diagnosis of its cluster, also when an earlier incident brought it about; empty when nobody was asked
 */
public record ToldFault(Fault fault, boolean found, Optional<Diagnosis> diagnosis) {

    /** Standing hypotheses, likeliest first. */
    public List<Hypothesis> hypotheses() {
        return diagnosis.map(Diagnosis::getHypotheses).orElse(List.of());
    }

    /** Whether one of the first so many has the true category; never where the truth does not say it. */
    public boolean category(int first) {
        return hypotheses().stream().limit(first).anyMatch(this::category);
    }

    /** Whether one of the first so many is about the service where it sat, or about what of it failed. */
    public boolean service(int first) {
        return hypotheses().stream().limit(first).anyMatch(this::service);
    }

    /** Whether the first hypothesis has both right. */
    public boolean right() {
        return hypotheses().stream().limit(1).anyMatch(each -> category(each) && service(each));
    }

    /** Whether the first hypothesis names the change that was the cause. */
    public boolean change() {
        return hypotheses().stream()
                .limit(1)
                .anyMatch(each ->
                        fault.change().filter(it -> it.equals(each.getChange())).isPresent());
    }

    private boolean category(Hypothesis hypothesis) {
        return fault.category().filter(hypothesis.getCategory()::equals).isPresent();
    }

    private boolean service(Hypothesis hypothesis) {
        String said = hypothesis.getService();
        return said.equals(fault.service())
                || fault.component().filter(said::equals).isPresent();
    }
}
