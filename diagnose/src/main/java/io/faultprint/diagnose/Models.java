package io.faultprint.diagnose;

import io.faultprint.diagnose.engine.Budget;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.GuardedEngine;
import io.faultprint.diagnose.engine.Pace;
import io.faultprint.diagnose.llm.ModelEngine;
import io.faultprint.diagnose.llm.ModelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/** The model's engine as configured, with its guard. */
final class Models {

    private Models() {}

    static Optional<Engine> of(DiagnoseConfig.Model model, InstantSource clock, MeterRegistry meters) {
        if (!model.enabled()) {
            return Optional.empty();
        }
        Engine engine = new ModelEngine(new ModelSettings(model.url(), model.name(), model.apiKey(), model.timeout()));
        GuardedEngine guarded = new GuardedEngine(
                engine,
                new Pace(model.attempts(), model.backoff(), model.longestBackoff()),
                new Budget(model.callsPerHour(), clock),
                model.rest(),
                new SplittableRandom());
        return Optional.of(guarded.bind(meters));
    }
}
