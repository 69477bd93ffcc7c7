package io.faultprint.diagnose;

import io.faultprint.diagnose.gate.GateCounts;
import io.faultprint.diagnose.index.IndexCounts;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether diagnose does its work: what people read in the store is what is so. */
final class DiagnoseWatch {

    /** Two polls of the indexer: less is what is just being written. */
    private static final long BEHIND = 1_000;

    private final Supplier<String> gate;
    private final Supplier<String> index;
    private final Supplier<String> ledger;
    private final Supplier<@Nullable Throwable> broken;
    private final GateCounts gateCounts;
    private final IndexCounts indexCounts;
    private final long boundMillis;
    private final InstantSource clock;
    private final Since storeAway = new Since();
    private final Since ledgerHeld = new Since();
    private final Since notWorking = new Since();
    private final Since behind = new Since();
    private final Since failed = new Since();

    /** Since when something has been so; asked by metrics on other threads. */
    private static final class Since {
        private volatile long time;

        long look(boolean so, long now) {
            if (!so) {
                time = 0;
            } else if (time == 0) {
                time = now;
            }
            return time;
        }
    }

    DiagnoseWatch(
            Supplier<String> gate,
            Supplier<String> index,
            Supplier<String> ledger,
            Supplier<@Nullable Throwable> broken,
            GateCounts gateCounts,
            IndexCounts indexCounts,
            Duration blindAfter,
            InstantSource clock,
            MeterRegistry meters) {
        this.gate = gate;
        this.index = index;
        this.ledger = ledger;
        this.broken = broken;
        this.gateCounts = gateCounts;
        this.indexCounts = indexCounts;
        this.boundMillis = blindAfter.toMillis();
        this.clock = clock;
        Gauge.builder("faultprint.index.waiting.time", () -> waitingSeconds())
                .description("How long the store has not taken documents")
                .baseUnit("seconds")
                .register(meters);
    }

    private double waitingSeconds() {
        long since = Stream.of(storeAway.time, ledgerHeld.time)
                .filter(time -> time > 0)
                .min(Long::compare)
                .orElse(0L);
        return since == 0 ? 0 : (clock.millis() - since) / 1000.0;
    }

    /** Each line by itself: the index of one may be full or read-only while the other's takes documents. */
    private boolean store(String what, String said, String state, Since held, long now, List<PulseReason> reasons) {
        long since = held.look(state.startsWith("waiting"), now);
        boolean away = since > 0 && now - since > boundMillis;
        if (away) {
            reasons.add(new PulseReason(PulseCause.STORE_AWAY, what, since, said + state));
        }
        return away;
    }

    Sight look() {
        long now = clock.millis();
        List<PulseReason> reasons = new ArrayList<>();
        Throwable problem = broken.get();
        long since = failed.look(problem != null, now);
        if (problem != null) {
            reasons.add(new PulseReason(PulseCause.FAILED, "worker", since, "a worker ended: " + problem));
        }
        boolean away = store("opensearch", "OpenSearch: ", index.get(), storeAway, now, reasons);
        // A store that takes nothing is one reason, not two.
        store(
                "ledger",
                "OpenSearch, for ticks and dead letters: ",
                ledger.get(),
                ledgerHeld,
                now,
                away ? new ArrayList<>() : reasons);
        String gating = gate.get();
        since = notWorking.look(!gating.startsWith("working"), now);
        if (since > 0 && now - since > boundMillis) {
            reasons.add(new PulseReason(PulseCause.RESTORING, "gate", since, "the gate is " + gating));
        }
        long lag = indexCounts.waiting() + gateCounts.lag();
        since = behind.look(lag >= BEHIND, now);
        if (since > 0) {
            reasons.add(new PulseReason(
                    PulseCause.BEHIND, "inputs", since, "catching up, " + lag + " records wait to be indexed or read"));
        }
        return new Sight(reasons, null, lag, 0);
    }
}
