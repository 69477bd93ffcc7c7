package io.faultprint.diagnose.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an engine answers. */
public sealed interface Answer {

    /** What asking cost. */
    Cost cost();

    /**
     * Claims, likeliest first; none when the engine knows nothing.
     *
     * @param model the model that answered; empty for rules
     */
    record Proposed(List<Claim> claims, Optional<String> model, Cost cost) implements Answer {

        public Proposed {
            claims = List.copyOf(claims);
        }
    }

    /**
     * No answer that could be used.
     *
     * @param reason why, for people
     * @param again whether asking the same again may help
     * @param retryAfter how long the endpoint asked to wait
     */
    record Unavailable(String reason, boolean again, Optional<Duration> retryAfter, Cost cost) implements Answer {}

    /**
     * What was paid.
     *
     * @param calls calls to a model
     * @param inputTokens as the endpoint reported
     * @param outputTokens as the endpoint reported
     */
    record Cost(int calls, long inputTokens, long outputTokens) {

        public static final Cost NOTHING = new Cost(0, 0, 0);

        public Cost plus(Cost other) {
            return new Cost(calls + other.calls, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
        }
    }
}
