package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.PlannedFault;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Handles of faults that are more than one dial: something happens again and again, or things are turned together. */
final class CompoundHandles {

    private static final double FLUSH_EVERY_MS = 15_000;

    /** What is left of the hits of a cache whose entries live too short. */
    private static final double HITS_LOST = 0.95;

    private final World world;

    CompoundHandles(World world) {
        this.world = world;
    }

    /** Old messages for one consumer, at a rate of its own. */
    Stream flood(ServiceNode consumer, DoubleSupplier perSecond) {
        return new Stream(world.agenda, consumer.network, perSecond, () -> world.queues.inject(consumer, false));
    }

    /** The cache is emptied every quarter of a minute, and what is built anew costs the database a heavy query. */
    Handle stampede(PlannedFault fault, BackendNode cache) {
        return new Handle() {
            private boolean on;

            @Override
            public void turn(double level) {
                cache.contents.rebuild.turn(fault, 1 + (fault.size() - 1) * level);
                if (!on) {
                    on = true;
                    flush();
                }
            }

            private void flush() {
                if (on) {
                    cache.contents.flush();
                    world.agenda.after(FLUSH_EVERY_MS, this::flush);
                }
            }

            @Override
            public void letGo() {
                on = false;
                cache.contents.rebuild.release(fault);
            }
        };
    }

    /** The pool has been small for minutes; now the entries of the cache live too short as well. */
    Handle secondOfTwo(PlannedFault fault, ServiceNode service, BackendNode cache) {
        return new Handle() {
            @Override
            public void turn(double level) {
                cache.contents.lost.turn(fault, HITS_LOST * level);
            }

            @Override
            public void letGo() {
                cache.contents.lost.release(fault);
                service.connectionsLeft.release(fault);
                service.resizePools();
            }
        };
    }

    /** A share of the instances ends, and cannot start until the fault is over. */
    Handle crashLoop(PlannedFault fault, ServiceNode service) {
        int count = (int) Math.ceil(Math.min(1, fault.size()) * service.instances.size());
        List<Instance> doomed = List.copyOf(service.instances.subList(0, count));
        return new Handle() {
            private boolean on;

            @Override
            public void turn(double level) {
                if (!on) {
                    on = true;
                    doomed.forEach(each -> each.doomed.turn(fault, 1));
                    doomed.forEach(world.cluster::crashLoop);
                }
            }

            @Override
            public void letGo() {
                doomed.forEach(each -> each.doomed.release(fault));
                doomed.forEach(world.cluster::revive);
            }
        };
    }

    /** Broken messages that a broker gives back as soon as they are refused. */
    Handle poison(PlannedFault fault, ServiceNode consumer) {
        return new Handle() {
            private long sent;

            @Override
            public void turn(double level) {
                consumer.poison.turn(fault, 1);
                for (long due = Math.max(1, Math.round(fault.size() * level)); sent < due; sent++) {
                    world.queues.inject(consumer, true);
                }
            }

            @Override
            public void letGo() {
                consumer.poison.release(fault);
            }
        };
    }

    /** The operation of the fault's database that this run's data growth slows down. */
    String oneQuery(PlannedFault fault, ServiceNode service) {
        List<String> asked = service.spec.operations().values().stream()
                .map(Operation::calls)
                .flatMap(List::stream)
                .mapMulti((Call call, Consumer<Call> out) -> {
                    for (Call each = call; each != null; each = each.otherwise()) {
                        out.accept(each);
                    }
                })
                .filter(call -> call.to().equals(fault.component()))
                .map(Call::operation)
                .distinct()
                .toList();
        return asked.get((int) (fault.onsetMs() / 1000 % asked.size()));
    }
}
