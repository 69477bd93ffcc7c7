package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import java.util.List;
import java.util.stream.Stream;

/** The candidate says nothing any more: it was stopped, or never came back from a restart. */
final class SilenceRule implements Rule {

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        return facts.surprisesOf(candidate.getService()).stream()
                .filter(it -> it.getSignal().startsWith("SERVICE_SILENT "))
                .limit(1)
                .map(main -> Rule.claim(CauseCategory.SCHEDULING_OR_RESTART, candidate, main, List.of(), null));
    }
}
