package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.voice.PostgresLines;
import java.util.LinkedHashMap;
import java.util.Map;

/** What PostgreSQL databases write into their own logs, where those are shipped. */
final class Databases {

    private static final double SLOW_MS = 1000;
    private static final double CHECKPOINT_MS = 300_000;

    private final World world;
    private final Map<BackendNode, PostgresLines> logs = new LinkedHashMap<>();
    private final Map<BackendNode, Draw> dice = new LinkedHashMap<>();

    Databases(World world, long seed) {
        this.world = world;
        if (!world.scenario.telemetry().databaseLogs()) {
            return;
        }
        for (BackendNode backend : world.backends.values()) {
            Backend spec = backend.spec;
            if (spec.kind() == Backend.Kind.DATABASE && spec.system().equals("postgresql")) {
                var resource = new Resource(
                        world.scenario.environment(),
                        spec.name(),
                        "16.4",
                        spec.name() + "-0",
                        world.scenario.nodes().of(spec.name(), 0),
                        world.scenario.nodes().zone(spec.name(), 0));
                logs.put(backend, new PostgresLines(resource));
                var own = new Draw(seed, "log of " + spec.name());
                dice.put(backend, own);
                world.agenda.after(own.below((int) CHECKPOINT_MS), () -> checkpoint(backend));
            }
        }
    }

    /** A statement has ended; its caller may have given up before. */
    void worked(Visit from, Call call, BackendNode backend, boolean tooLate, double millis) {
        PostgresLines log = logs.get(backend);
        if (log == null || (millis < SLOW_MS && !tooLate)) {
            return;
        }
        String user = from.service.spec.name();
        world.emit(
                tooLate
                        ? log.cancelled(world.nowEpoch(), pid(backend), user, call.operation())
                        : log.slow(world.nowEpoch(), pid(backend), user, call.operation(), millis));
    }

    void noSpace(Visit from, Call call, BackendNode backend) {
        PostgresLines log = logs.get(backend);
        if (log != null) {
            world.emit(log.noSpace(world.nowEpoch(), pid(backend), from.service.spec.name(), call.operation()));
        }
    }

    /** A process is gone, and its connections with it. */
    void lost(Instance client) {
        client.pools.forEach((database, pool) -> {
            BackendNode backend = world.backends.get(database);
            PostgresLines log = logs.get(backend);
            if (log != null && backend != null) {
                for (int i = 0; i < pool.taken(); i++) {
                    world.emit(log.lostClient(world.nowEpoch(), pid(backend), client.service.spec.name()));
                }
            }
        });
    }

    private void checkpoint(BackendNode backend) {
        PostgresLines log = logs.get(backend);
        Draw own = dice.get(backend);
        if (log == null || own == null) {
            return;
        }
        world.emit(log.checkpointStarts(world.nowEpoch()));
        double seconds = 4 + own.below(20_000) / 1000.0;
        world.agenda.after(
                seconds * 1000, () -> world.emit(log.checkpointEnds(world.nowEpoch(), 20 + own.below(400), seconds)));
        world.agenda.after(CHECKPOINT_MS, () -> checkpoint(backend));
    }

    private int pid(BackendNode backend) {
        Draw own = dice.get(backend);
        return own == null ? 0 : 300 + own.below(90);
    }
}
