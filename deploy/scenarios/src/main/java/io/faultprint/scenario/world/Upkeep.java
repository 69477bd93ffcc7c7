package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Cron;
import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Noise;
import io.faultprint.scenario.plan.Voice;
import io.faultprint.scenario.voice.Failure;
import io.faultprint.scenario.voice.Phrase;
import org.jspecify.annotations.Nullable;

/** What happens in a service without a request: harmless lines, jobs, leaks, collecting garbage. */
final class Upkeep {

    private static final double TICK_MS = 1000;

    private final World world;

    Upkeep(World world) {
        this.world = world;
    }

    void begin() {
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
        if (service.network.chance(service.heavyPerMinute.value() / 60)) {
            service.heavyDue++;
        }
        for (Instance instance : service.instances) {
            if (!instance.up) {
                continue;
            }
            leakConnections(instance);
            // Pods leak at different speeds, so that they do not all die in the same second.
            double pace = Math.pow(0.7, instance.index)
                    * (0.8 + 0.4 * service.draw.random().nextDouble());
            instance.leakedMb += service.leakMbPerSecond.value() * pace;
            instance.allocate(0);
            collectGarbage(instance);
            if (instance.usedMb() > service.spec.limitMb()) {
                world.cluster.outOfMemory(instance);
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

    /** A virtual machine that collects nearly all the time says so in its own log. */
    private void collectGarbage(Instance instance) {
        double share = instance.collecting();
        Voice voice = instance.service.spec.voice();
        if (share > 0.4 && (voice == Voice.JAVA || voice == Voice.LOGBACK) && instance.service.network.chance(share)) {
            int limit = instance.service.spec.limitMb();
            long used = Math.round(instance.usedMb());
            String text = "GC({int:100-9999}) Pause Full (G1 Compaction Pause) " + used + "M->" + (used - 1) + "M("
                    + limit + "M) " + Math.round(share * 900) + ".{int:100-999}ms";
            say(instance, Level.WARN, "gc", text, null);
        }
    }

    void say(Instance instance, Level level, String part, String text, @Nullable Failure failure) {
        String filled = Phrase.fill(text, instance.service.chatter.random());
        world.say(instance, instance.resource, level, part, filled, failure, null);
    }
}
