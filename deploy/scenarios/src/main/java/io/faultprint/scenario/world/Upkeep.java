package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Cron;
import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Noise;
import io.faultprint.scenario.voice.Failure;
import io.faultprint.scenario.voice.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in a service without a request: harmless lines, jobs, leaks, deaths and restarts. */
final class Upkeep {

    private static final double TICK_MS = 1000;

    private final World world;

    Upkeep(World world) {
        this.world = world;
        for (ServiceNode service : world.services.values()) {
            service.spec.noise().forEach(noise -> noise(service, noise));
            Cron cron = service.spec.cron();
            if (cron != null) {
                world.agenda.after(cron.everySeconds() * 1000.0, () -> cron(service, cron));
            }
            world.agenda.after(TICK_MS, () -> tick(service));
        }
    }

    private void noise(ServiceNode service, Noise noise) {
        world.agenda.after(service.chatter.exponential(noise.everySeconds() * 1000), () -> {
            Instance instance = service.instances.get(service.chatter.below(service.instances.size()));
            if (instance.up) {
                say(instance, noise.level(), "background", noise.text(), null);
            }
            noise(service, noise);
        });
    }

    private void cron(ServiceNode service, Cron cron) {
        Instance instance = service.instances.get(0);
        for (int i = 0; i < cron.lines(); i++) {
            world.agenda.after(i * 40 + service.chatter.below(30), () -> {
                if (instance.up) {
                    say(instance, Level.INFO, "job", cron.text(), null);
                }
            });
        }
        world.agenda.after(cron.everySeconds() * 1000.0, () -> cron(service, cron));
    }

    private void tick(ServiceNode service) {
        for (Instance instance : service.instances) {
            if (!instance.up) {
                continue;
            }
            leakConnections(instance);
            // Pods leak at different speeds, so that they do not all die in the same second.
            double pace = Math.pow(0.7, instance.index)
                    * (0.8 + 0.4 * service.draw.random().nextDouble());
            instance.leakedMb += service.leakMbPerSecond.value() * pace;
            if (instance.usedMb() > service.spec.limitMb()) {
                crash(instance);
            }
        }
        world.agenda.after(TICK_MS, () -> tick(service));
    }

    private void leakConnections(Instance instance) {
        double due = instance.service.connectionLeakPerSecond.value();
        for (Station pool : instance.pools.values()) {
            for (double rest = due; instance.service.draw.chance(rest); rest--) {
                pool.take(new Station.Ticket(() -> {}));
            }
        }
    }

    private void crash(Instance instance) {
        ServiceNode service = instance.service;
        Failure memory = new Failure(Failure.Kind.OUT_OF_MEMORY, service.spec.name(), "", 0);
        say(instance, Level.FATAL, "runtime", "Terminating, no memory left", memory);
        instance.goDown(world.agenda.now());
        var lost = List.copyOf(instance.visits);
        instance.visits.clear();
        lost.forEach(Visit::die);
        world.agenda.after(6000 + service.draw.below(4000), () -> {
            if (instance.resource.version().equals(service.version)) {
                instance.reset(world.agenda.now());
            } else {
                instance.renew(service.version, world.agenda.now());
            }
            started(instance);
        });
    }

    /** One pod after the other is replaced by one of the service's present version. */
    void roll(ServiceNode service) {
        for (Instance instance : service.instances) {
            world.agenda.after(400 + instance.index * 1500.0, () -> {
                if (instance.up) {
                    instance.renew(service.version, world.agenda.now());
                    started(instance);
                }
            });
        }
    }

    private void started(Instance instance) {
        String name = instance.service.spec.name();
        say(instance, Level.INFO, "boot", "Starting " + name + " version " + instance.resource.version(), null);
        say(instance, Level.INFO, "boot", "Started " + name + " in {int:1-6}.{int:100-999} seconds", null);
        world.queues.dispatch(instance.service);
    }

    private void say(Instance instance, Level level, String part, String text, @Nullable Failure failure) {
        String filled = Phrase.fill(text, instance.service.chatter.random());
        world.say(instance, instance.resource, level, part, filled, failure, null);
    }
}
