package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import java.util.List;
import java.util.stream.Stream;

/** Nothing names the cause, but the candidate names the place: said as that and no more. */
final class PlaceRule implements Rule {

    @Override
    public Stream<Claim> about(Evidence candidate, Facts facts) {
        List<Evidence> surprises = facts.surprisesOf(candidate.getService());
        return surprises.stream()
                .limit(1)
                .map(main -> Rule.claim(
                        CauseCategory.UNKNOWN,
                        candidate,
                        main,
                        surprises.stream().limit(3).toList(),
                        null));
    }
}
