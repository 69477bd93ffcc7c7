package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the gate has done since the process began. */
public final class GateCounts {

    private final MeterRegistry meters;
    private final Counter incidents;
    private final Counter claims;
    private final Counter takenAgain;
    private final AtomicLong diagnoses = new AtomicLong();
    private final AtomicLong modelCalls = new AtomicLong();
    private volatile Standing standing = new Standing(0, 0, 0, 0);

    /**
     * How the gate stands.
     *
     * @param lag incident and cluster revisions not read yet
     * @param claims claims open in own partitions, of any owner
     * @param oldestMillis age of the oldest of them; 0 when there is none
     * @param desk claims that are worked on or wait for a place in this process
     */
    record Standing(long lag, int claims, long oldestMillis, int desk) {}

    public GateCounts(MeterRegistry meters) {
        this.meters = meters;
        this.incidents = Counter.builder("faultprint.gate.incidents")
                .description("Incident revisions read by the gate")
                .register(meters);
        this.claims = Counter.builder("faultprint.gate.claims")
                .description("Claims written, attempts after a lost owner included")
                .register(meters);
        this.takenAgain = Counter.builder("faultprint.gate.partitions.retaken")
                .description("Partitions taken anew after an unsure or refused write")
                .register(meters);
        stands("gate.lag", "records", "Incident and cluster revisions not read yet", Standing::lag);
        stands("gate.claims.open", null, "Claims that are not settled, in own partitions", Standing::claims);
        stands("gate.oldest.claim", "seconds", "Age of the oldest of them", s -> s.oldestMillis() / 1000.0);
        stands("desk.claims", null, "Claims at work or waiting for a place in this process", Standing::desk);
        for (String state : List.of("diagnosed", "inconclusive", "failed")) {
            diagnoses(state, "rules");
        }
    }

    private void stands(String name, @Nullable String unit, String about, ToDoubleFunction<Standing> value) {
        Gauge.builder("faultprint." + name, () -> value.applyAsDouble(standing))
                .description(about)
                .baseUnit(unit)
                .register(meters);
    }

    private Counter diagnoses(String state, String engine) {
        return Counter.builder("faultprint.diagnoses")
                .description("Diagnoses settled, by state and by the engine that made them")
                .tag("state", state)
                .tag("engine", engine)
                .register(meters);
    }

    void stands(Standing now) {
        standing = now;
    }

    /** Revisions that the gate has not read, as of the last look. */
    public long lag() {
        return standing.lag();
    }

    void incident() {
        incidents.increment();
    }

    void claim() {
        claims.increment();
    }

    void retaken() {
        takenAgain.increment();
    }

    void settled(Diagnosis diagnosis) {
        diagnoses.incrementAndGet();
        modelCalls.addAndGet(diagnosis.getModelCalls());
        diagnoses(
                        diagnosis.getState().name().toLowerCase(Locale.ROOT),
                        diagnosis.getEngine().isEmpty() ? "none" : diagnosis.getEngine())
                .increment();
    }

    /** Diagnoses settled. */
    public long diagnoses() {
        return diagnoses.get();
    }

    /** Calls to a model that settled diagnoses cost. */
    public long modelCalls() {
        return modelCalls.get();
    }
}
