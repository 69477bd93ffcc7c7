package io.faultprint.scenario.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what happens in each service, where it happens, every ten seconds: the material of the truth. It sees what no
 * telemetry loses, and takes no dice.
 */
public final class Census {

    /** From one row to the next, in seconds. */
    public static final int STEP_SECONDS = 10;

    /**
     * Ten seconds of one service.
     *
     * @param arrived requests that reached an instance
     * @param failed answered with 500 and above, or lost in a crash
     * @param answered completed and failed
     * @param seconds how long the answered ones took, summed up
     * @param restarts processes that started
     * @param waiting messages in the queue before it, at the end
     * @param memory the fullest instance's share of its limit, at the end
     * @param cpu the share of the cores that is taken by something else, in the worst instance, at the end
     * @param connections the share of connections that are in use in the fullest pool, at the end
     * @param clock how many seconds the worst clock is off, at the end
     */
    public record Row(
            long arrived,
            long failed,
            long answered,
            double seconds,
            long restarts,
            long waiting,
            double memory,
            double cpu,
            double connections,
            double clock) {}

    /** What was counted until the row before. */
    private record Before(long arrived, long failed, long answered, long nanos, long restarts) {}

    private final World world;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final Map<String, Before> before = new LinkedHashMap<>();

    Census(World world) {
        this.world = world;
        for (String service : world.services.keySet()) {
            rows.put(service, new ArrayList<>());
            before.put(service, new Before(0, 0, 0, 0, 0));
        }
        next();
    }

    /** The rows of every service so far, oldest first. */
    public Map<String, List<Row>> rows() {
        return rows;
    }

    private void next() {
        world.agenda.after(STEP_SECONDS * 1000.0, () -> {
            world.services.values().forEach(this::count);
            next();
        });
    }

    private void count(ServiceNode service) {
        String name = service.spec.name();
        long answered = service.completed + service.failed;
        var now = new Before(service.arrived, service.failed, answered, service.answeredNanos, service.restarts);
        Before old = before.put(name, now);
        if (old == null) {
            throw new IllegalStateException("no service " + name);
        }
        double memory = 0;
        double cpu = 0;
        double connections = 0;
        double clock = 0;
        for (Instance each : service.instances) {
            if (!each.up) {
                continue;
            }
            memory = Math.max(memory, each.usedMb() / service.spec.limitMb());
            cpu = Math.max(cpu, 1 - 1 / each.drag());
            clock = Math.max(clock, Math.abs(each.clockOffset()) / 1e9);
            for (Station pool : each.pools.values()) {
                connections = Math.max(connections, pool.fill());
            }
        }
        rows.getOrDefault(name, new ArrayList<>())
                .add(new Row(
                        now.arrived - old.arrived,
                        now.failed - old.failed,
                        now.answered - old.answered,
                        (now.nanos - old.nanos) / 1e9,
                        now.restarts - old.restarts,
                        service.messages.size(),
                        memory,
                        cpu,
                        connections,
                        clock));
    }
}
