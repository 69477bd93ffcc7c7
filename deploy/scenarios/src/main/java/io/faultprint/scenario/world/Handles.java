package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.PlannedFault;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** Finds the thing in the world that a kind of fault turns. */
final class Handles {

    private final World world;

    Handles(World world) {
        this.world = world;
    }

    Handle of(PlannedFault fault) {
        ServiceNode service = service(fault.service());
        double size = fault.size();
        return switch (fault.kind()) {
            case SLOW_DATABASE -> dial(fault, backend(fault).slowness, factor(size));
            case PROVIDER_DOWN -> dial(fault, backend(fault).failing, share(size));
            case BAD_DEPLOY -> dial(fault, service.bugShare, share(size));
            // What leaked does not come back by itself: the pods are restarted, as people would.
            case POOL_EXHAUSTED ->
                then(dial(fault, service.connectionLeakPerSecond, amount(size)), () -> world.upkeep.roll(service));
            case MEMORY_LEAK ->
                then(dial(fault, service.leakMbPerSecond, amount(size)), () -> world.upkeep.roll(service));
            case CPU_SATURATION -> dial(fault, service.cpuDrag, factor(size));
            case WORKER_SILENT -> then(dial(fault, service.silence, share(1)), () -> world.queues.dispatch(service));
            case BAD_CONFIGURATION -> dial(fault, service.wrongHosts(fault.component()), share(size));
        };
    }

    private static DoubleUnaryOperator factor(double size) {
        return level -> 1 + (size - 1) * level;
    }

    private static DoubleUnaryOperator share(double size) {
        return level -> Math.min(1, size) * level;
    }

    private static DoubleUnaryOperator amount(double size) {
        return level -> size * level;
    }

    private static Handle dial(PlannedFault fault, Dial dial, DoubleUnaryOperator value) {
        return new Handle() {
            @Override
            public void turn(double level) {
                dial.turn(fault, value.applyAsDouble(level));
            }

            @Override
            public void letGo() {
                dial.release(fault);
            }
        };
    }

    /** The same, and something to be done once it is over. */
    private static Handle then(Handle handle, Runnable afterwards) {
        return new Handle() {
            @Override
            public void turn(double level) {
                handle.turn(level);
            }

            @Override
            public void letGo() {
                handle.letGo();
                afterwards.run();
            }
        };
    }

    private ServiceNode service(String name) {
        return Objects.requireNonNull(world.services.get(name), name);
    }

    private BackendNode backend(PlannedFault fault) {
        String name = Objects.requireNonNull(fault.component(), "a backend's fault without backend");
        return Objects.requireNonNull(world.backends.get(name), name);
    }
}
