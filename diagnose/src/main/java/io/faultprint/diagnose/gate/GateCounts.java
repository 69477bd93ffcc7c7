package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What the gate has done since the process began. */
public final class GateCounts {

    private final MeterRegistry meters;
    private final Counter incidents;
    private final Counter claims;
    private final Counter modelCalls;
    private final Counter takenAgain;
    private final AtomicLong diagnoses = new AtomicLong();

    public GateCounts(MeterRegistry meters) {
        this.meters = meters;
        this.incidents = Counter.builder("faultprint.gate.incidents")
                .description("Incident revisions read by the gate")
                .register(meters);
        this.claims = Counter.builder("faultprint.gate.claims")
                .description("Claims written, attempts after a lost owner included")
                .register(meters);
        this.modelCalls = Counter.builder("faultprint.model.calls")
                .description("Calls to a language model")
                .register(meters);
        this.takenAgain = Counter.builder("faultprint.gate.partitions.retaken")
                .description("Partitions taken anew after an unsure or refused write")
                .register(meters);
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
        modelCalls.increment(diagnosis.getModelCalls());
        meters.counter(
                        "faultprint.diagnoses",
                        "state",
                        diagnosis.getState().name().toLowerCase(Locale.ROOT),
                        "engine",
                        diagnosis.getEngine().isEmpty() ? "none" : diagnosis.getEngine())
                .increment();
    }

    /** Diagnoses settled. */
    public long diagnoses() {
        return diagnoses.get();
    }

    /** Calls to a model that settled diagnoses cost. */
    public long modelCalls() {
        return (long) modelCalls.count();
    }
}
