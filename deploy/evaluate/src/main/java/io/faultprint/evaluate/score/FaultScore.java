package io.faultprint.evaluate.score;

import io.faultprint.evaluate.truth.Fault;
import java.util.Map;
import java.util.Optional;

/**
 * How one fault was told.
 *
 * @param caseName the folder it is of
 * @param delay from onset to opening, milliseconds, not below zero; empty when it was not found
 * @param soon whether that was as soon as it should be
 * @param incidents that belong to it; more than one is a fault told twice
 * @param early place of its service a minute after the opening, from 1
 * @param rank the same at the end
 * @param cluster what it was filed under
 * @param novel whether it was called new
 * @param first whether it really was: no fault of this service and type stands before it in the case
 * @param changeNamed whether the change that caused it stands with the first candidate; empty when none did
 * @param rules the places that simple rules give its service
 */
public record FaultScore(
        String caseName,
        Fault fault,
        Optional<Long> delay,
        boolean soon,
        int incidents,
        int early,
        int rank,
        Optional<String> cluster,
        boolean novel,
        boolean first,
        Optional<Boolean> changeNamed,
        Map<Ranks.Rule, Integer> rules) {

    public FaultScore {
        rules = Map.copyOf(rules);
    }

    /** Whether an incident was opened for it. */
    public boolean found() {
        return delay.isPresent();
    }
}
