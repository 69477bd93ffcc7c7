package io.faultprint.local.determinism;

import io.faultprint.local.determinism.Variant.Trouble;
import io.faultprint.runtime.Health;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The instances of correlate that share one run, and what befalls them. */
final class Crew implements AutoCloseable {

    private final Variant variant;
    private final Map<String, String> settings;
    private final Path directory;
    private final Random random;
    private final List<Instance> instances = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private int started;

    /** @param directory where instances keep their state and, as processes, their logs */
    Crew(Variant variant, Map<String, String> settings, Path directory) {
        this.variant = variant;
        this.settings = settings;
        this.directory = directory;
        this.random = new Random(variant.seed());
    }

    synchronized void start() {
        for (int i = 0; i < variant.instances(); i++) {
            states.add(newState());
            instances.add(launch(states.get(i)));
        }
    }

    /** One of them is lost, and another comes: with the state of the lost one, or on an empty disk. */
    void befall() {
        Instance lost;
        int which;
        synchronized (this) {
            which = random.nextInt(instances.size());
            lost = instances.get(which);
            if (variant.trouble() == Trouble.KILLS) {
                lost.kill();
            }
        }
        if (variant.trouble() == Trouble.RESTARTS) {
            lost.close();
        }
        synchronized (this) {
            if (random.nextBoolean()) {
                states.set(which, newState());
            }
            instances.set(which, launch(states.get(which)));
        }
    }

    private String newState() {
        return variant.name() + "-" + variant.seed() + "-" + started++;
    }

    private Instance launch(String state) {
        List<String> flags = new ArrayList<>();
        settings.forEach((key, value) -> flags.add("--" + key + "=" + value));
        flags.add("--streams.state-dir=" + directory.resolve("streams").resolve(state));
        return variant.trouble() == Trouble.KILLS
                ? new ProcessInstance(flags, directory.resolve("log").resolve("correlate-" + state + ".log"))
                : new StageInstance(flags, System.getenv());
    }

    /** Dead when one is, unless it is just being replaced. */
    synchronized Health health() {
        for (Instance instance : instances) {
            Health health = instance.health();
            if (!health.live() && variant.trouble() == Trouble.NONE) {
                return health;
            }
        }
        return Health.ready("correlate runs " + instances.size() + " times");
    }

    @Override
    public synchronized void close() {
        // Side by side: each waits for the broker most of the time.
        instances.parallelStream().forEach(Instance::close);
        instances.clear();
    }
}
