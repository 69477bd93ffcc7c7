package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.check.Categories;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Something was changed at the candidate shortly before it looked odd: most outages begin with a change. */
final class ChangeRule implements Rule {

    private static final long BEFORE = Duration.ofMinutes(30).toMillis();

    /** The first odd event may carry a time slightly before the change's own, which is when its tool reported it. */
    private static final long AFTER = Duration.ofSeconds(10).toMillis();

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        Long since = candidate.getTime();
        List<Evidence> surprises = facts.surprisesOf(candidate.getService());
        if (since == null || surprises.isEmpty()) {
            return Stream.empty();
        }
        Evidence main = surprises.get(0);
        return facts.changesOf(candidate.getService()).stream()
                .filter(change -> {
                    Long at = change.getTime();
                    return at != null && at >= since - BEFORE && at <= since + AFTER;
                })
                .flatMap(change -> Categories.ofChange(change).stream()
                        .map(category -> Rule.claim(category, candidate, main, List.of(change), change.getSignal())));
    }
}
