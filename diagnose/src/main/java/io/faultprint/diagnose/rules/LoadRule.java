package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.snapshot.Direction;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** More is asked of the candidate, and that came first: nothing else was odd clearly before it. */
final class LoadRule implements Rule {

    /** Windows blur which of two things came first. */
    private static final long BLUR = Duration.ofSeconds(10).toMillis();

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        long first = facts.surprises()
                .filter(it -> !throughput(it))
                .map(Evidence::getTime)
                .filter(it -> it != null)
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
        List<Evidence> more = facts.surprises()
                .filter(LoadRule::throughput)
                .filter(it -> {
                    Long at = it.getTime();
                    return at != null && at - BLUR <= first;
                })
                .toList();
        return more.stream()
                .filter(it -> it.getService().equals(candidate.getService()))
                .findFirst()
                .map(main -> Rule.claim(
                        CauseCategory.LOAD,
                        candidate,
                        main,
                        more.stream().limit(3).toList(),
                        null))
                .stream();
    }

    private static boolean throughput(Evidence fact) {
        return fact.getSignal().startsWith("SPAN_THROUGHPUT ") && fact.getDirection() == Direction.UP;
    }
}
