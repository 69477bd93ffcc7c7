package io.faultprint.runtime;

import io.micrometer.core.instrument.MeterRegistry;

/** Makes a stage from its configuration without touching anything; usually the stage's constructor. */
@FunctionalInterface
public interface StageFactory<C extends Record> {

    /**
     * Makes the stage.
     *
     * @param meters where the stage counts; served at {@code /metrics}
     */
    Stage create(C config, MeterRegistry meters);
}
