package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Weather;
import java.util.ArrayList;
import java.util.List;

/** What moves in a healthy system: latencies that wander, neighbours that come and go, a pod that is moved. */
final class Surroundings {

    private static final double HOUR_MS = 3_600_000;
    private static final double WANDERS_EVERY_MS = 15_000;

    private final World world;
    private final Weather weather;
    private final Draw draw;
    private final List<Instance> pods = new ArrayList<>();

    Surroundings(World world, long seed) {
        this.world = world;
        this.weather = world.scenario.weather();
        this.draw = new Draw(seed, "weather");
    }

    void begin() {
        world.services.values().forEach(service -> pods.addAll(service.instances));
        if (weather.drift() > 0) {
            world.backends.values().forEach(backend -> {
                double minutes = 20 + 60 * draw.random().nextDouble();
                double phase = draw.random().nextDouble();
                wander(backend, minutes, phase);
            });
        }
        if (weather.restartEveryHours() > 0) {
            nextRestart();
        }
        if (weather.neighbourEveryMinutes() > 0) {
            nextNeighbour();
        }
    }

    private void wander(BackendNode backend, double minutes, double phase) {
        double turns = world.agenda.now() / (minutes * 60e9) + phase;
        backend.drift = 1 + weather.drift() * StrictMath.sin(2 * Math.PI * turns);
        world.agenda.after(WANDERS_EVERY_MS, () -> wander(backend, minutes, phase));
    }

    private void nextRestart() {
        world.agenda.after(draw.exponential(weather.restartEveryHours() * HOUR_MS), () -> {
            world.cluster.replace(pods.get(draw.below(pods.size())));
            nextRestart();
        });
    }

    /** A batch job lands on a node for a minute or some and takes up to a third of what its pods had. */
    private void nextNeighbour() {
        world.agenda.after(draw.exponential(weather.neighbourEveryMinutes() * 60_000), () -> {
            Instance pod = pods.get(draw.below(pods.size()));
            double factor = 1.1 + 0.4 * draw.random().nextDouble();
            pod.neighbour.nudge(factor);
            world.agenda.after(30_000 + draw.below(90_000), () -> pod.neighbour.nudge(1 / factor));
            nextNeighbour();
        });
    }
}
