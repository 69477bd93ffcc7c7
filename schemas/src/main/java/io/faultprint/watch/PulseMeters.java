package io.faultprint.watch;

import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The pulse as metrics: for whoever can reach the instance but not the topic, also while Kafka is away. */
final class PulseMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final String stage;
    private final Supplier<@Nullable Pulse> latest;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter acknowledged;
    private final Counter refused;

    PulseMeters(
            MeterRegistry registry,
            Who who,
            String run,
            String version,
            long started,
            Supplier<@Nullable Pulse> latest) {
        this.registry = registry;
        this.stage = who.stage();
        this.latest = latest;
        keep(Gauge.builder("faultprint.stage.info", () -> 1)
                .description("Which instance this is")
                .tag("stage", stage)
                .tag("instance", who.instance())
                .tag("version", version)
                .tag("run", run)
                .tag("configuration", who.configuration())
                .register(registry));
        keep(Gauge.builder("faultprint.stage.start.time", () -> started / 1000.0)
                .description("When the stage started, seconds since 1970")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(registry));
        for (PulseState state : List.of(PulseState.SEEING, PulseState.CATCHING_UP, PulseState.BLIND)) {
            gauge(
                    "faultprint.pulse.state",
                    "1 for the state that the stage is in",
                    null,
                    "state",
                    word(state),
                    p -> p.getState() == state ? 1 : 0);
        }
        for (PulseCause cause : PulseCause.values()) {
            gauge(
                    "faultprint.pulse.reasons",
                    "Reasons not to see, by cause",
                    null,
                    "cause",
                    word(cause),
                    p -> p.getReasons().stream()
                            .filter(r -> r.getCause() == cause)
                            .count());
        }
        keep(Gauge.builder("faultprint.pulse.since", () -> of(p -> p.getSince() / 1000.0))
                .description("Since when the stage is in its state, seconds since 1970")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(registry));
        this.acknowledged = sent("acknowledged");
        this.refused = sent("refused");
    }

    void answered(boolean taken) {
        (taken ? acknowledged : refused).increment();
    }

    private Counter sent(String outcome) {
        return keep(Counter.builder("faultprint.pulse.sent")
                .description("Pulses sent to the topic, by whether Kafka took them")
                .tag("stage", stage)
                .tag("outcome", outcome)
                .register(registry));
    }

    private void gauge(
            String name, String about, @Nullable String unit, String tag, String value, ToDoubleFunction<Pulse> of) {
        keep(Gauge.builder(name, () -> of(of))
                .description(about)
                .baseUnit(unit)
                .tag("stage", stage)
                .tag(tag, value)
                .register(registry));
    }

    private double of(ToDoubleFunction<Pulse> value) {
        Pulse now = latest.get();
        return now == null ? 0 : value.applyAsDouble(now);
    }

    private <M extends Meter> M keep(M meter) {
        meters.add(meter);
        return meter;
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A stage that is started again in the same process registers its own. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
