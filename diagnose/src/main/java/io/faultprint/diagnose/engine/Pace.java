package io.faultprint.diagnose.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How often and how long to try: waits grow from {@code first} by doubling up to {@code longest}, each shortened by a
 * random part of up to half, so that many who failed together do not come back together.
 *
 * @param attempts calls at most for one question, 1 or more
 * @param first the wait after the first failure
 * @param longest the longest wait; an endpoint that asks for more is not waited for
 */
public record Pace(int attempts, Duration first, Duration longest) {

    public Pace {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + ": must be 1 or more");
        }
    }

    /**
     * The wait before another attempt; empty when there is none left, or when the endpoint wants a longer wait than we
     * have.
     *
     * @param done attempts made, 1 or more
     * @param asked what the endpoint asked for
     * @param random from 0 to below 1
     */
    Optional<Duration> wait(int done, Optional<Duration> asked, double random) {
        if (done >= attempts) {
            return Optional.empty();
        }
        if (asked.isPresent()) {
            return asked.filter(it -> it.compareTo(longest) <= 0);
        }
        long doubled = first.toMillis() << Math.min(done - 1, 20);
        long capped = Math.min(doubled, longest.toMillis());
        return Optional.of(Duration.ofMillis(Math.round(capped * (1 - random / 2))));
    }
}
