package io.faultprint.ingest;

import io.faultprint.runtime.Health;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Whether Kafka takes our records now, told by the heartbeats, which go to every event topic each second. */
final class KafkaPulse {

    private final InstantSource clock;
    private final long patienceMillis;
    private volatile long lastTaken = Long.MIN_VALUE;
    private volatile String problem = "no heartbeat has been acknowledged yet";

    KafkaPulse(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patienceMillis = patience.toMillis();
    }

    void felt(@Nullable Exception refused) {
        if (refused == null) {
            lastTaken = clock.millis();
        } else {
            problem = refused.toString();
        }
    }

    /** An outage of Kafka is waited out: a restart of ingest would not end it. */
    Health health() {
        long last = lastTaken;
        return last != Long.MIN_VALUE && clock.millis() - last <= patienceMillis
                ? Health.ready("Kafka acknowledges")
                : Health.notReady("Kafka does not acknowledge: " + problem);
    }
}
