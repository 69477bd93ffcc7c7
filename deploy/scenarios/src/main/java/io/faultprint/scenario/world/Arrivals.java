package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Traffic;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.voice.Phrase;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** Requests at the edge: the usual ones with their rhythm, and what comes on top. */
final class Arrivals {

    private static final double DRIFT_MINUTES = 37;

    private final World world;
    private final Scenario scenario;
    private final double rate;
    private final long seed;
    private final Draw draw;

    Arrivals(World world, double rate, long seed) {
        this.world = world;
        this.scenario = world.scenario;
        this.rate = rate;
        this.seed = seed;
        this.draw = new Draw(seed, "arrivals");
    }

    void begin() {
        world.agenda.after(draw.exponential(1000 / now()), () -> {
            arrive(scenario.traffic().journeys(), draw);
            begin();
        });
    }

    /** The rate of this moment, requests per second. */
    private double now() {
        Traffic traffic = scenario.traffic();
        double phase = 2 * Math.PI * world.agenda.now() / (traffic.periodMinutes() * 60e9);
        double drift = scenario.weather().drift();
        double wander =
                drift == 0 ? 0 : drift * StrictMath.sin(2 * Math.PI * world.agenda.now() / (DRIFT_MINUTES * 60e9));
        return rate * (1 + traffic.swing() * StrictMath.sin(phase)) * (1 + wander);
    }

    /** More of what leads to a service: as many times its usual rate as the factor says. */
    Stream more(String service, DoubleSupplier factor) {
        List<Traffic.Journey> journeys = scenario.journeysTo(service);
        double share = weight(journeys) / weight(scenario.traffic().journeys());
        var dice = new Draw(seed, "more for " + service);
        return new Stream(
                world.agenda, dice, () -> now() * share * (factor.getAsDouble() - 1), () -> arrive(journeys, dice));
    }

    private void arrive(List<Traffic.Journey> journeys, Draw dice) {
        double drawn = dice.random().nextDouble() * weight(journeys);
        Traffic.Journey journey = journeys.get(0);
        for (Traffic.Journey each : journeys) {
            journey = each;
            drawn -= each.weight();
            if (drawn < 0) {
                break;
            }
        }
        ServiceNode entry =
                Objects.requireNonNull(world.services.get(scenario.traffic().entry()));
        String traceId = Phrase.hex(dice.random(), 32);
        Instance instance = entry.next(world.agenda.now());
        if (instance != null && instance.up) {
            Operation operation = Objects.requireNonNull(entry.spec.operations().get(journey.operation()));
            var trace = new Trace(traceId, world.spanId(entry), null, sampled(traceId));
            new Visit(world, instance, operation, trace, Signal.Span.Kind.SERVER, outcome -> {}).begin();
        }
    }

    /** Decided at the edge from the id, as OpenTelemetry's ratio sampler does, so that it takes no dice. */
    boolean sampled(String traceId) {
        double share = scenario.telemetry().traceShare();
        return share >= 1 || Integer.parseInt(traceId.substring(25), 16) < share * 0x1000_0000;
    }

    private static double weight(List<Traffic.Journey> journeys) {
        double total = 0;
        for (Traffic.Journey journey : journeys) {
            total += journey.weight();
        }
        return total;
    }
}
