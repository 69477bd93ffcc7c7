package io.faultprint.ingest;

import io.faultprint.ingest.heartbeat.Watermark;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the door sees: Kafka takes its heartbeats, and no request holds its watermark back for long. */
final class DoorWatch {

    private final String door;
    private final Watermark watermark;
    private final KafkaPulse kafka;
    private final long patienceMillis;
    private final InstantSource clock;
    private final Counter acknowledged;
    private final Counter refused;

    DoorWatch(
            String door,
            Watermark watermark,
            KafkaPulse kafka,
            Duration patience,
            InstantSource clock,
            MeterRegistry meters) {
        this.door = door;
        this.watermark = watermark;
        this.kafka = kafka;
        this.patienceMillis = patience.toMillis();
        this.clock = clock;
        this.acknowledged = beats(meters, "acknowledged");
        this.refused = beats(meters, "refused");
        delay(meters, door, this::delay);
        seconds(
                meters,
                door,
                "oldest.request",
                "Age of the oldest request that is not answered",
                watermark::oldestMillis);
    }

    /** One partition's heartbeat was answered by Kafka. */
    void beat(@Nullable Exception problem) {
        kafka.felt(problem);
        (problem == null ? acknowledged : refused).increment();
    }

    Sight look() {
        List<PulseReason> reasons = new ArrayList<>();
        kafka.trouble()
                .ifPresent(message ->
                        reasons.add(new PulseReason(PulseCause.KAFKA_AWAY, "kafka", kafka.since(), message)));
        long oldest = watermark.oldestMillis();
        if (oldest > patienceMillis) {
            reasons.add(new PulseReason(
                    PulseCause.DOOR_HELD,
                    door,
                    clock.millis() - oldest,
                    "door " + door + ": a request has waited " + oldest / 1_000 + " s and holds the watermark back"));
        }
        return new Sight(reasons, watermark.now(), 0, 0);
    }

    private long delay() {
        return clock.millis() - watermark.now();
    }

    /** Shows how far a door's watermark is behind the clock. */
    static void delay(MeterRegistry meters, String door, LongSupplier millis) {
        seconds(
                meters,
                door,
                "watermark.delay",
                "Wall clock less the door's watermark; the lateness when all is well",
                millis);
    }

    private static void seconds(MeterRegistry meters, String door, String name, String about, LongSupplier millis) {
        Gauge.builder("faultprint.ingest." + name, () -> millis.getAsLong() / 1000.0)
                .description(about)
                .baseUnit("seconds")
                .tag("door", door)
                .register(meters);
    }

    private Counter beats(MeterRegistry meters, String outcome) {
        return Counter.builder("faultprint.ingest.heartbeats")
                .description("Heartbeats by partition, by whether Kafka took them")
                .tag("door", door)
                .tag("outcome", outcome)
                .register(meters);
    }
}
