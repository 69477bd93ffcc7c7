package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.voice.ClusterLines;
import io.faultprint.scenario.voice.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends processes, starts them again and replaces pods, and reports it as a cluster does where its events are shipped. */
final class Cluster {

    private static final double FIRST_BACK_OFF_MS = 10_000;
    private static final double LONGEST_BACK_OFF_MS = 160_000;

    private final World world;
    private final @Nullable ClusterLines events;

    Cluster(World world) {
        this.world = world;
        var exporter = new Resource(
                world.scenario.environment(), "event-exporter", "1.7.0", "event-exporter-0", "node-1", "eu-1a");
        this.events = world.scenario.telemetry().clusterEvents() ? new ClusterLines(exporter) : null;
    }

    /** The process says that it has no memory left, and ends. */
    void outOfMemory(Instance instance) {
        Failure memory = new Failure(Failure.Kind.OUT_OF_MEMORY, instance.service.spec.name(), "", 0);
        world.upkeep.say(instance, Level.FATAL, "runtime", "Terminating, no memory left", memory);
        end(instance);
        restart(instance, 6000 + instance.service.draw.below(4000));
    }

    /** The kernel ends the process, which has no time to say anything. */
    void kill(Instance instance) {
        event(
                "Warning",
                "OOMKilling",
                instance,
                "Memory cgroup out of memory: Killed process 1 ("
                        + instance.service.spec.name() + ") total-vm:" + instance.service.spec.limitMb() * 3072
                        + "kB, anon-rss:"
                        + instance.service.spec.limitMb() * 1021 + "kB");
        end(instance);
        restart(instance, 6000 + instance.service.draw.below(4000));
    }

    /** The process ends, and does so again at each new start, until nothing dooms it any more. */
    void crashLoop(Instance instance) {
        if (instance.up) {
            end(instance);
        }
        int life = instance.life;
        world.agenda.after(1500, () -> tryToStart(instance, life, FIRST_BACK_OFF_MS));
    }

    private void tryToStart(Instance instance, int life, double backOff) {
        if (instance.up || instance.life != life) {
            return;
        }
        if (!instance.doomed.turned()) {
            start(instance);
            return;
        }
        event("Normal", "Started", instance, "Started container app");
        String name = instance.service.spec.name();
        world.upkeep.say(
                instance, Level.INFO, "boot", "Starting " + name + " version " + instance.service.version, null);
        instance.service.restarts++;
        world.agenda.after(700 + instance.service.network.below(900), () -> {
            Failure why = new Failure(Failure.Kind.STARTUP, name, "", 0);
            world.upkeep.say(instance, Level.FATAL, "boot", "Application failed to start", why);
            event(
                    "Warning",
                    "BackOff",
                    instance,
                    "Back-off restarting failed container app in pod " + instance.resource.pod());
            world.agenda.after(backOff, () -> tryToStart(instance, life, Math.min(LONGEST_BACK_OFF_MS, backOff * 2)));
        });
    }

    /** Starts again what is down, at once and without waiting for the end of a back-off. */
    void revive(Instance instance) {
        if (!instance.up) {
            instance.life++;
            restart(instance, 2000 + instance.service.network.below(3000));
        }
    }

    /** One pod after the other is replaced by one of the service's present version. */
    void roll(ServiceNode service) {
        for (Instance instance : service.instances) {
            world.agenda.after(400 + instance.index * 1500.0, () -> replace(instance));
        }
    }

    void replace(Instance instance) {
        if (instance.up) {
            event("Normal", "Killing", instance, "Stopping container app");
            instance.renew(instance.service.version, world.agenda.now());
            announce(instance);
            started(instance);
        }
    }

    private void end(Instance instance) {
        world.databases.lost(instance);
        instance.goDown(world.agenda.now());
        var lost = List.copyOf(instance.visits);
        instance.visits.clear();
        lost.forEach(Visit::die);
        world.agenda.after(3000, () -> {
            if (!instance.up) {
                event(
                        "Warning",
                        "Unhealthy",
                        instance,
                        "Readiness probe failed: Get \"http://10.244.1.17:8080/ready\": dial tcp 10.244.1.17:8080:"
                                + " connect: connection refused");
            }
        });
    }

    private void restart(Instance instance, double afterMs) {
        int life = instance.life;
        world.agenda.after(afterMs, () -> {
            if (!instance.up && instance.life == life) {
                start(instance);
            }
        });
    }

    private void start(Instance instance) {
        if (instance.resource.version().equals(instance.service.version)) {
            instance.reset(world.agenda.now());
        } else {
            instance.renew(instance.service.version, world.agenda.now());
            announce(instance);
        }
        event("Normal", "Started", instance, "Started container app");
        instance.service.restarts++;
        started(instance);
    }

    private void announce(Instance pod) {
        String name = pod.resource.pod();
        event(
                "Normal",
                "Scheduled",
                pod,
                "Successfully assigned " + world.scenario.environment() + "/" + name + " to " + pod.resource.host());
        event(
                "Normal",
                "Pulled",
                pod,
                "Container image \"registry.example/" + pod.service.spec.name() + ":" + pod.resource.version()
                        + "\" already present on machine");
    }

    private void started(Instance instance) {
        String name = instance.service.spec.name();
        String version = instance.resource.version();
        world.upkeep.say(instance, Level.INFO, "boot", "Starting " + name + " version " + version, null);
        String text = "Started " + name + " in {int:1-6}.{int:100-999} seconds";
        world.upkeep.say(instance, Level.INFO, "boot", text, null);
        world.queues.dispatch(instance.service);
    }

    private void event(String type, String reason, Instance pod, String message) {
        if (events != null) {
            world.emit(events.event(world.nowEpoch(), type, reason, pod.resource, message));
        }
    }
}
