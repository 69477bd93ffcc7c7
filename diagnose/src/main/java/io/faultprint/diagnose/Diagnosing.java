package io.faultprint.diagnose;

import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.gate.Consultation;
import io.faultprint.diagnose.gate.DirectGate;
import io.faultprint.diagnose.rules.RulesEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;

/** From an incident to its diagnosis, as configured: the stage's own, and that of whoever replays without Kafka. */
public final class Diagnosing {

    private final DiagnoseConfig config;
    private final Optional<Engine> model;

    /**
     * With the model that the configuration names, when it is enabled.
     *
     * @param clock of the model's budget and breaker
     */
    public Diagnosing(DiagnoseConfig config, MeterRegistry meters, Clock clock) {
        this(config, Models.of(config.model(), clock, meters));
    }

    Diagnosing(DiagnoseConfig config, Optional<Engine> model) {
        this.config = config;
        this.model = model;
    }

    /** A gate of its own, which knows of no cluster yet; all of them share the model with its budget. */
    public DirectGate gate() {
        return new DirectGate(board(), consultation());
    }

    /** What asks, by name. */
    public String engine() {
        return model.map(Engine::name).orElse(RulesEngine.NAME);
    }

    EvidenceBoard board() {
        return new EvidenceBoard(
                config.window().windows(), new Redaction(config.redact().key()));
    }

    Consultation consultation() {
        return new Consultation(
                model,
                new RulesEngine(),
                new ClaimCheck(2 * config.window().windows().sizeMillis()));
    }
}
