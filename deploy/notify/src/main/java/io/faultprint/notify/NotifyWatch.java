package io.faultprint.notify;

import io.faultprint.notify.receiver.TargetWorker;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.watch.Sight;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether notify does its work: who should be told is told. */
final class NotifyWatch {

    /** Two polls: less is what is just being told. */
    private static final long BEHIND = 200;

    private final List<TargetWorker> workers;
    private final Supplier<@Nullable Throwable> broken;
    private final long boundMillis;
    private final InstantSource clock;
    private final long started;
    private long failedSince;
    private long behindSince;

    NotifyWatch(
            List<TargetWorker> workers,
            Supplier<@Nullable Throwable> broken,
            Duration blindAfter,
            InstantSource clock) {
        this.workers = workers;
        this.broken = broken;
        this.boundMillis = blindAfter.toMillis();
        this.clock = clock;
        this.started = clock.millis();
    }

    Sight look() {
        long now = clock.millis();
        List<PulseReason> reasons = new ArrayList<>();
        Throwable problem = broken.get();
        if (problem != null) {
            failedSince = failedSince == 0 ? now : failedSince;
            reasons.add(new PulseReason(PulseCause.FAILED, "worker", failedSince, "a worker ended: " + problem));
        }
        long lag = 0;
        for (TargetWorker worker : workers) {
            lag += worker.counts().lag();
            long away = worker.counts().awaySince();
            if (away > 0 && now - away > boundMillis) {
                reasons.add(new PulseReason(PulseCause.RECEIVER_AWAY, worker.name(), away, worker.state()));
            }
            long broken = worker.brokenSince();
            if (broken > 0 && now - broken > boundMillis) {
                reasons.add(new PulseReason(
                        PulseCause.KAFKA_AWAY,
                        worker.name(),
                        broken,
                        "target " + worker.name() + ": " + worker.state()));
            }
            if (worker.state().equals("joining") && now - started > boundMillis) {
                reasons.add(new PulseReason(
                        PulseCause.RESTORING,
                        worker.name(),
                        started,
                        "target " + worker.name() + " awaits partitions"));
            }
        }
        behindSince = lag < BEHIND ? 0 : behindSince == 0 ? now : behindSince;
        if (behindSince > 0) {
            reasons.add(new PulseReason(
                    PulseCause.BEHIND, "inputs", behindSince, "catching up, " + lag + " records wait to be told"));
        }
        return new Sight(reasons, null, lag, 0);
    }
}
