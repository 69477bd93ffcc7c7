package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.snapshot.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One way in which facts speak for a cause: what it makes of one candidate. */
interface Rule {

    /** Claims about this candidate; none when the rule has nothing to say. */
    Stream<Claim> about(Evidence candidate, Facts facts);

    /**
     * A claim that rests on a main fact, on others beside it, and on the candidate itself. Its time is the earliest
     * that the cited facts know.
     */
    static Claim claim(
            CauseCategory category, Evidence candidate, Evidence main, List<Evidence> beside, @Nullable String change) {
        List<Evidence> cited = new ArrayList<>();
        cited.add(main);
        beside.stream().filter(it -> !cited.contains(it)).forEach(cited::add);
        if (!cited.contains(candidate) && candidate.getService().equals(main.getService())) {
            cited.add(candidate);
        }
        Long since = cited.stream()
                .filter(it -> change == null || !change.equals(it.getSignal()))
                .filter(it -> it.getService().equals(main.getService()))
                .map(Evidence::getTime)
                .filter(it -> it != null)
                .min(Long::compare)
                .orElse(candidate.getTime());
        @Nullable Direction direction = main.getDirection();
        return new Claim(
                category,
                main.getService(),
                main.getSignal(),
                direction,
                since,
                change,
                cited.stream().map(Evidence::getId).toList());
    }
}
