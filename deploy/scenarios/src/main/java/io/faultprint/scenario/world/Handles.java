package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.PlannedFault;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Finds the thing in the world that a kind of fault turns. */
final class Handles {

    private final World world;
    private final CompoundHandles compound;

    Handles(World world) {
        this.world = world;
        this.compound = new CompoundHandles(world);
    }

    Handle of(PlannedFault fault) {
        ServiceNode service = service(fault.service());
        double size = fault.size();
        return switch (fault.kind()) {
            case SLOW_DATABASE -> dial(fault, backend(fault).slowness, factor(size));
            case PROVIDER_DOWN -> dial(fault, backend(fault).failing, share(size));
            case BAD_DEPLOY -> dial(fault, service.bugShare, share(size));
            // What leaked does not come back by itself: the pods are restarted, as people would.
            case POOL_EXHAUSTED -> rolled(service, dial(fault, service.connectionLeakPerSecond, amount(size)));
            case MEMORY_LEAK, SLOW_LEAK -> rolled(service, dial(fault, service.leakMbPerSecond, amount(size)));
            case CPU_SATURATION -> dial(fault, service.cpuDrag, factor(size));
            case WORKER_SILENT -> then(dial(fault, service.silence, share(1)), () -> world.queues.dispatch(service));
            case BAD_CONFIGURATION -> dial(fault, service.wrongHosts(fault.component()), share(size));
            case ERROR_BURST -> dial(fault, service.badDataShare, share(size));
            case MEMORY_SATURATION -> dial(fault, service.heldShare, amount(size));
            case DISK_FULL ->
                dial(fault, fault.component() == null ? service.volumeFull : backend(fault).full, share(size));
            case BAD_POD -> dial(fault, one(service, fault).deviceErrors, share(size));
            case DNS_FAILURE -> dial(fault, service.unresolved, share(size));
            case EXPIRED_CERTIFICATE ->
                dial(fault, fault.component() == null ? service.expired : backend(fault).expired, share(size));
            case CLOCK_SKEW -> dial(fault, one(service, fault).clockSkewSeconds, amount(ahead(fault) ? size : -size));
            case QUEUE_BACKLOG -> stream(grip -> compound.flood(service, () -> size * grip.level));
            case CACHE_STAMPEDE -> compound.stampede(fault, cache(fault));
            case RETRY_STORM -> dial(fault, service.stallMs, amount(size));
            case BAD_FLAG -> dial(fault, service.flaggedShare, share(size));
            case TWO_CHANGES -> compound.secondOfTwo(fault, service, cache(fault));
            case THROTTLED -> dial(fault, backend(fault).allowedPerSecond, level -> size / Math.max(0.01, level));
            case ZONE_OUTAGE -> dial(fault, world.platform.cut(where(fault)), share(size));
            case CRASH_LOOP -> compound.crashLoop(fault, service);
            case OOM_KILL -> dial(fault, service.heavyPerMinute, amount(size));
            case NOISY_NEIGHBOUR -> dial(fault, world.platform.drag(where(fault)), factor(size));
            case POISONED_MESSAGE -> compound.poison(fault, service);
            case SLOW_QUERY -> dial(fault, backend(fault).slowness(compound.oneQuery(fault, service)), factor(size));
            case LOAD_SPIKE -> stream(grip -> world.arrivals.more(fault.service(), () -> 1 + (size - 1) * grip.level));
        };
    }

    /** Makes the harmless first of two changes. */
    void firstOfTwo(PlannedFault fault) {
        ServiceNode service = service(fault.service());
        service.connectionsLeft.turn(fault, fault.size());
        service.resizePools();
    }

    /** Which of its instances a fault strikes that strikes only one. */
    private static Instance one(ServiceNode service, PlannedFault fault) {
        int which = (int) (fault.onsetMs() / 1000 % service.instances.size());
        return service.instances.get(which);
    }

    private static boolean ahead(PlannedFault fault) {
        return fault.onsetMs() / 100 % 2 == 0;
    }

    private Handle rolled(ServiceNode service, Handle handle) {
        return then(handle, () -> world.cluster.roll(service));
    }

    /** Something that arrives while the fault is on, at a rate that follows its level. */
    private static Handle stream(Function<Grip, Stream> opened) {
        var grip = new Grip();
        Stream stream = opened.apply(grip);
        stream.next();
        return new Handle() {
            @Override
            public void turn(double to) {
                grip.level = to;
            }

            @Override
            public void letGo() {
                stream.stop();
            }
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

    private static final class Grip {
        private double level;
    }

    private static String where(PlannedFault fault) {
        return Objects.requireNonNull(fault.where(), "a fault of a place without its place");
    }

    private BackendNode cache(PlannedFault fault) {
        return backend(fault);
    }

    private ServiceNode service(String name) {
        return Objects.requireNonNull(world.services.get(name), name);
    }

    private BackendNode backend(PlannedFault fault) {
        String name = Objects.requireNonNull(fault.component(), "a backend's fault without backend");
        return Objects.requireNonNull(world.backends.get(name), name);
    }
}
