package io.faultprint.settings;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import java.time.Duration;

/** How a stage says whether it sees: keys {@code pulse.*}. */
public record PulseSettings(
        @Default("10s") @About("how often an instance says whether it sees; at each change of that in any case")
        Duration every,

        @Default("30s")
        @About("how long a door, a source of ticks, Kafka or OpenSearch may be silent until that is blindness")
        Duration blindAfter) {

    /** What is in use unless something else is set. */
    public static final PulseSettings DEFAULT = new PulseSettings(Duration.ofSeconds(10), Duration.ofSeconds(30));

    public PulseSettings {
        Require.that(every.toMillis() >= 100, "every", "at least 100 ms");
        Require.that(blindAfter.toMillis() >= 2_000, "blindAfter", "at least 2 s: heartbeats come each second");
    }
}
