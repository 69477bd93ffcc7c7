package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.PlannedChange;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.signal.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the knobs of the world when a fault begins and back when it ends, and carries out changes. */
final class Faults {

    private final World world;

    Faults(World world) {
        this.world = world;
    }

    void begin(PlannedFault fault) {
        ServiceNode service = service(fault.service());
        switch (fault.kind()) {
            case SLOW_DATABASE -> backend(fault).slowness = fault.size();
            case PROVIDER_DOWN -> backend(fault).failing = Math.min(1, fault.size());
            case BAD_DEPLOY -> service.bugShare = fault.size();
            case POOL_EXHAUSTED -> service.connectionLeakPerSecond = fault.size();
            case MEMORY_LEAK -> service.leakMbPerSecond = fault.size();
            case CPU_SATURATION -> service.cpuDrag = fault.size();
            case WORKER_SILENT -> service.silent = true;
            case BAD_CONFIGURATION -> {
                service.wrongHost = fault.component();
                service.wrongHostShare = fault.size();
            }
        }
    }

    void end(PlannedFault fault) {
        ServiceNode service = service(fault.service());
        switch (fault.kind()) {
            case SLOW_DATABASE -> backend(fault).slowness = 1;
            case PROVIDER_DOWN -> backend(fault).failing = 0;
            case BAD_DEPLOY -> service.bugShare = 0;
            case POOL_EXHAUSTED -> {
                // What leaked does not come back by itself: the pods are restarted, as people would.
                service.connectionLeakPerSecond = 0;
                world.upkeep.roll(service);
            }
            case MEMORY_LEAK -> {
                service.leakMbPerSecond = 0;
                world.upkeep.roll(service);
            }
            case CPU_SATURATION -> service.cpuDrag = 1;
            case WORKER_SILENT -> {
                service.silent = false;
                world.queues.dispatch(service);
            }
            case BAD_CONFIGURATION -> service.wrongHost = null;
        }
    }

    /** As the door for changes names kinds: a rollback is a deployment of the version before. */
    private static String declared(String kind) {
        return switch (kind) {
            case "flag" -> "feature_flag";
            case "rollback" -> "deploy";
            default -> kind;
        };
    }

    void carryOut(PlannedChange change) {
        ServiceNode service = service(change.service());
        if (change.versionAfter() != null) {
            service.version = change.versionAfter();
            service.saysNewLine = change.kind().equals("deploy");
            world.upkeep.roll(service);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", change.id());
        fields.put("kind", declared(change.kind()));
        fields.put("services", List.of(change.service()));
        fields.put("who", change.who());
        fields.put("what", change.what());
        put(fields, "versionBefore", change.versionBefore());
        put(fields, "versionAfter", change.versionAfter());
        fields.put("repository", "https://git.example/shop/" + change.service());
        fields.put("commits", change.commits());
        fields.put("changedPaths", change.changedPaths());
        fields.put("link", "https://deploys.example/" + change.id());
        fields.put("environment", world.scenario.environment());
        fields.put("time", world.iso());
        world.emit(new Signal.Change(world.nowEpoch(), change.service(), fields));
    }

    private static void put(Map<String, Object> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    private ServiceNode service(String name) {
        return Objects.requireNonNull(world.services.get(name), name);
    }

    private BackendNode backend(PlannedFault fault) {
        String name = Objects.requireNonNull(fault.component(), "a backend's fault without backend");
        return Objects.requireNonNull(world.backends.get(name), name);
    }
}
