package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The candidate waits for or cannot reach somebody. When a line names a service that is odd itself, the cause is in
 * there; when it names none that we watch, it is outside.
 */
final class DependencyRule implements Rule {

    private static final Pattern UNREACHED = Pattern.compile(
            "time[sd]?[ -]?out|connection (?:was )?(?:refused|reset)|econnrefused|econnreset|deadline.?exceeded"
                    + "|no route to host|unavailable|bad gateway|\\b50[234]\\b|upstream|circuit ?breaker",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        List<Evidence> hits = facts.wordsOf(candidate.getService())
                .filter(it -> !it.getSignal().startsWith("METRIC "))
                .filter(it -> !it.getSignal().startsWith("SPAN_"))
                .filter(it -> UNREACHED.matcher(it.getText()).find())
                .toList();
        if (hits.isEmpty()) {
            return Stream.empty();
        }
        Set<String> others = facts.services();
        String named = hits.stream()
                .flatMap(hit -> others.stream()
                        .sorted()
                        .filter(other -> !other.equals(candidate.getService()))
                        .filter(other -> mentions(hit.getText(), other)))
                .findFirst()
                .orElse("");
        if (named.isEmpty()) {
            return Stream.of(Rule.claim(
                    CauseCategory.DEPENDENCY_EXTERNAL,
                    candidate,
                    hits.get(0),
                    hits.stream().limit(3).toList(),
                    null));
        }
        List<Evidence> theirs = facts.surprisesOf(named);
        return theirs.isEmpty()
                ? Stream.empty()
                : Stream.of(Rule.claim(
                        CauseCategory.DEPENDENCY_INTERNAL,
                        candidate,
                        theirs.get(0),
                        hits.stream().limit(2).toList(),
                        null));
    }

    /** A whole word: {@code cart} is not in {@code cartography}. */
    private static boolean mentions(String text, String service) {
        int at = text.indexOf(service);
        while (at >= 0) {
            int end = at + service.length();
            boolean alone = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            // The text of a fact begins with the service it is about, so what counts stands further on.
            if (alone && at > 0) {
                return true;
            }
            at = text.indexOf(service, at + 1);
        }
        return false;
    }
}
