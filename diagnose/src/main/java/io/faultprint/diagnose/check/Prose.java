package io.faultprint.diagnose.check;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnose.evidence.EvidenceText;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.diagnosis.Hypothesis;
import java.util.List;
import java.util.stream.Collectors;

/** What people read about a diagnosis, written by code from fields that were checked. */
public final class Prose {

    private Prose() {}

    static String statement(Claim claim, List<Evidence> cited) {
        StringBuilder text = new StringBuilder(claim.service()).append(": ").append(Categories.words(claim.category()));
        cited.stream()
                .filter(it ->
                        it.getKind() == EvidenceKind.CHANGE && it.getSignal().equals(claim.change()))
                .findFirst()
                .ifPresent(change -> text.append(", ").append(change.getText()));
        text.append("; ");
        cited.stream()
                .filter(it -> it.getService().equals(claim.service())
                        && it.getSignal().equals(claim.signal()))
                .filter(it -> it.getKind() != EvidenceKind.CANDIDATE)
                .findFirst()
                .map(Evidence::getText)
                .ifPresentOrElse(text::append, () -> text.append(claim.signal()));
        Long since = claim.since();
        if (since != null) {
            text.append("; since ").append(EvidenceText.time(since));
        }
        return text.append(" [")
                .append(String.join(", ", claim.evidence()))
                .append("]")
                .toString();
    }

    /** One paragraph over the hypotheses that stand. */
    public static String summary(List<Hypothesis> standing, int rejected) {
        if (standing.isEmpty()) {
            return "Inconclusive: no claim about the cause is borne out by the evidence"
                    + (rejected == 0 ? "." : " (" + rejected + " refused).");
        }
        Hypothesis first = standing.get(0);
        String others = standing.stream()
                .skip(1)
                .limit(2)
                .map(it -> Categories.words(it.getCategory()) + " at " + it.getService() + " ("
                        + percent(it.getConfidence()) + ")")
                .collect(Collectors.joining(" or "));
        return "Most likely (" + percent(first.getConfidence()) + ") " + first.getStatement() + "."
                + (others.isEmpty() ? "" : " Less likely " + others + ".");
    }

    private static String percent(double confidence) {
        return Math.round(confidence * 100) + " %";
    }

    /** Foreign text on one line and no longer than this. */
    static String bounded(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most) + "…";
    }
}
