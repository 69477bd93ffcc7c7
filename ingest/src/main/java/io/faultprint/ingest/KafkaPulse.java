package io.faultprint.ingest;

import io.faultprint.runtime.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether Kafka takes our records now, told by the heartbeats, which go to every event topic each second. */
final class KafkaPulse {

    private final InstantSource clock;
    private final long patienceMillis;
    private final long began;
    private volatile long lastTaken = Long.MIN_VALUE;
    private volatile String problem = "no heartbeat has been acknowledged yet";

    KafkaPulse(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.began = clock.millis();
        this.patienceMillis = patience.toMillis();
    }

    void felt(@Nullable Exception refused) {
        if (refused == null) {
            lastTaken = clock.millis();
        } else {
            problem = refused.toString();
        }
    }

    /** Since when Kafka has taken nothing: its last acknowledgement, or the start. */
    long since() {
        long last = lastTaken;
        return last == Long.MIN_VALUE ? began : last;
    }

    /** What is wrong, once it has been so for longer than Kafka may take. */
    Optional<String> trouble() {
        long silent = clock.millis() - since();
        return silent <= patienceMillis
                ? Optional.empty()
                : Optional.of("Kafka has acknowledged no heartbeat for " + silent / 1_000 + " s: " + problem);
    }

    /** An outage of Kafka is waited out: a restart of ingest would not end it. */
    Health health() {
        long last = lastTaken;
        return last != Long.MIN_VALUE && clock.millis() - last <= patienceMillis
                ? Health.ready("Kafka acknowledges")
                : Health.notReady("Kafka does not acknowledge: " + problem);
    }
}
