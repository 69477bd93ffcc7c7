package io.faultprint.diagnose.engine;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.snapshot.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says, before anybody has checked it. It holds no prose: what people read is written by code.
 *
 * @param category what sort of cause
 * @param service where it started
 * @param signal the signal it is about, as the evidence spells it
 * @param direction which way that signal went
 * @param since when it began, epoch milliseconds
 * @param change the change that caused it, when that is the claim
 * @param evidence ids of the evidence it cites
 */
public record Claim(
        CauseCategory category,
        String service,
        String signal,
        @Nullable Direction direction,
        @Nullable Long since,
        @Nullable String change,
        List<String> evidence) {

    public Claim {
        evidence = List.copyOf(evidence);
    }
}
