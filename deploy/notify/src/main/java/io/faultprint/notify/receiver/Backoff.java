package io.faultprint.notify.receiver;

import java.time.Duration;
import java.util.Optional;

/** How long to leave a receiver alone: longer each time, and never shorter than it asks for. */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** A receiver may ask for more than we would wait by ourselves, but not for ever. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private Duration next = FIRST;

    Duration next(Optional<Duration> asked) {
        Duration own = next;
        next = least(next.multipliedBy(2), LONGEST);
        Duration wanted = least(asked.orElse(Duration.ZERO), LONGEST_ASKED);
        return own.compareTo(wanted) > 0 ? own : wanted;
    }

    /** It went well: the next time begins at the first wait. */
    void reset() {
        next = FIRST;
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
