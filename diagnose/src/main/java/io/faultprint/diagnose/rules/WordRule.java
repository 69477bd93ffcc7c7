package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a service says in its lines, or which of its metrics left its forecast, names the cause.
 *
 * @param category the cause it speaks for
 * @param lines words in a template that name it
 * @param metrics words in a metric's name that name it, when the metric went up; null when no metric does
 */
record WordRule(
        CauseCategory category, Pattern lines, @Nullable Pattern metrics) implements Rule {

    private static final int BESIDE = 3;

    static WordRule of(CauseCategory category, String lines, String metrics) {
        return new WordRule(category, words(lines), metrics.isEmpty() ? null : words(metrics));
    }

    private static Pattern words(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        List<Evidence> hits =
                facts.wordsOf(candidate.getService()).filter(this::names).toList();
        // A surprise carries time and direction, a signature only words: the former leads.
        return hits.stream()
                .filter(it -> it.getKind() == EvidenceKind.SURPRISE)
                .findFirst()
                .or(() -> hits.stream().findFirst())
                .map(main -> Rule.claim(
                        category, candidate, main, hits.stream().limit(BESIDE).toList(), null))
                .stream();
    }

    private boolean names(Evidence fact) {
        if (fact.getSignal().startsWith("METRIC ")) {
            return metrics != null && metrics.matcher(fact.getSignal()).find();
        }
        boolean words = fact.getKind() == EvidenceKind.SIGNATURE
                || fact.getSignal().startsWith("NEW_SIGNATURE ")
                || fact.getSignal().startsWith("ERROR_RATE ")
                || fact.getSignal().startsWith("SIGNATURE_RATE ")
                || fact.getSignal().startsWith("ALERT ");
        return words && lines.matcher(fact.getText()).find();
    }
}
