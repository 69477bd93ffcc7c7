package io.faultprint.local.determinism;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;

/** Correlate in this process. */
final class StageInstance implements Instance {

    private final CorrelateStage stage;

    StageInstance(List<String> flags, Map<String, String> environment) {
        CorrelateConfig config = new ConfigLoader("correlate", List.of(CorrelateConfig.class))
                .load(flags, environment)
                .get(CorrelateConfig.class);
        stage = new CorrelateStage(config, new SimpleMeterRegistry());
        stage.start();
    }

    @Override
    public Health health() {
        return stage.check();
    }

    @Override
    public void close() {
        stage.close();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("an instance in this process cannot be killed alone");
    }
}
