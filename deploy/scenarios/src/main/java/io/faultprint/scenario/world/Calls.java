package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import io.faultprint.scenario.plan.Breaker;
import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import io.faultprint.scenario.voice.Failure;
import java.util.Objects;
import java.util.function.Consumer;

/** Outgoing calls: to services with timeouts and retries, to databases through a pool, to caches, queues and outside. */
final class Calls {

    private static final double NETWORK_MS = 0.3;

    /** A token counts as valid this long before and after its time. */
    private static final long TOKEN_LEEWAY_NANOS = 20_000_000_000L;

    private final World world;

    Calls(World world) {
        this.world = world;
    }

    void make(Visit from, Call call, Consumer<Outcome> done) {
        Breaker spec = call.breaker();
        if (spec == null) {
            send(from, call, done);
            return;
        }
        BreakerState breaker = from.instance.breakers.computeIfAbsent(call, each -> new BreakerState(spec));
        if (!breaker.permits(world.agenda.now())) {
            world.agenda.after(0.1, () -> done.accept(failed(Failure.Kind.CIRCUIT_OPEN, call, 0)));
            return;
        }
        send(from, call, outcome -> {
            breaker.answered(outcome.failure() != null, world.agenda.now());
            done.accept(outcome);
        });
    }

    private void send(Visit from, Call call, Consumer<Outcome> done) {
        BackendNode backend = world.backends.get(call.to());
        if (backend == null) {
            toService(from, call, 0, done);
            return;
        }
        switch (backend.spec.kind()) {
            case DATABASE -> toDatabase(from, call, backend, 1, done);
            case CACHE -> toCache(from, call, backend, done);
            case QUEUE, OUTSIDE -> toBackend(from, call, backend, 1, done);
        }
    }

    private void toService(Visit from, Call call, int attempt, Consumer<Outcome> done) {
        var answer = new Answer(world, from, call, null, Kind.CLIENT, outcome -> {
            Failure failure = outcome.failure();
            if (failure == null || attempt >= call.retries() || from.over()) {
                done.accept(outcome);
            } else {
                String text = "Retrying " + call.to() + " " + call.operation() + ", attempt " + (attempt + 2);
                world.say(from, Level.WARN, "client", text, null);
                world.agenda.after(20 + from.service.draw.below(60), () -> toService(from, call, attempt + 1, done));
            }
        });
        ServiceNode callee = Objects.requireNonNull(world.services.get(call.to()), call.to());
        Instance instance = callee.next(world.agenda.now());
        if (instance == null || !instance.up) {
            world.agenda.after(1, () -> answer.give(failed(Failure.Kind.REFUSED, call, 0)));
            return;
        }
        answer.limit(call.timeoutMs());
        Network.Lost lost = Network.toInstance(from, call, instance);
        if (lost != null) {
            world.agenda.after(lost.afterMs(), () -> answer.give(Outcome.failed(lost.failure())));
            return;
        }
        Trace trace = answer.trace.child(world.spanId(callee));
        var operation = Objects.requireNonNull(callee.spec.operations().get(call.operation()), call.operation());
        world.agenda.after(NETWORK_MS, () -> visit(from, call, instance, operation, trace, answer));
    }

    private void visit(Visit from, Call call, Instance instance, Operation operation, Trace trace, Answer answer) {
        Consumer<Outcome> reply = outcome -> world.agenda.after(
                NETWORK_MS,
                () -> answer.give(outcome.status() == 401 ? failed(Failure.Kind.UNAUTHORIZED, call, 401) : outcome));
        if (!instance.up) {
            reply.accept(failed(Failure.Kind.REFUSED, call, 0));
            return;
        }
        var visit = new Visit(world, instance, operation, trace, Kind.SERVER, reply);
        long apart = from.instance.clockOffset() - instance.clockOffset();
        if (Math.abs(apart) > TOKEN_LEEWAY_NANOS) {
            visit.refuse(apart > 0 ? "Rejected token: issued in the future" : "Rejected token: expired");
        } else {
            visit.begin();
        }
    }

    private void toDatabase(Visit from, Call call, BackendNode database, double cost, Consumer<Outcome> done) {
        ServiceNode service = from.service;
        if (!service.knows(call.to(), from.instance)) {
            world.agenda.after(
                    4 + service.draw.below(12), () -> done.accept(failed(Failure.Kind.UNKNOWN_HOST, call, 0)));
            return;
        }
        Service.Pool spec = Objects.requireNonNull(service.spec.pool(), "a database without a pool");
        Station pool = from.instance.pool(call.to(), spec);
        // The ticket and the timer each need to know of the other; whichever comes first takes the other back.
        Agenda.Entry[] timer = new Agenda.Entry[1];
        var ticket = new Station.Ticket(() -> {
            if (timer[0] != null) {
                timer[0].cancel();
            }
            if (from.over()) {
                pool.release();
                return;
            }
            toBackend(from, call, database, cost, outcome -> {
                pool.release();
                done.accept(outcome);
            });
        });
        pool.take(ticket);
        if (!ticket.called()) {
            timer[0] = world.agenda.after(spec.timeoutMs(), () -> {
                if (pool.leave(ticket)) {
                    done.accept(failed(Failure.Kind.POOL_EMPTY, call, spec.timeoutMs()));
                }
            });
        }
    }

    private void toCache(Visit from, Call call, BackendNode cache, Consumer<Outcome> done) {
        Call otherwise = call.otherwise();
        boolean hit = otherwise == null || from.service.draw.chance(cache.contents.chance(call.hitRatio()));
        toBackend(from, call, cache, 1, outcome -> {
            if (hit || otherwise == null || from.over()) {
                done.accept(outcome);
                return;
            }
            Consumer<Outcome> filled = answer -> {
                if (answer.ok()) {
                    cache.contents.filled();
                }
                done.accept(answer);
            };
            BackendNode behind = world.backends.get(otherwise.to());
            if (behind != null && behind.spec.kind() == Backend.Kind.DATABASE) {
                toDatabase(from, otherwise, behind, cache.contents.rebuild.value(), filled);
            } else {
                send(from, otherwise, filled);
            }
        });
    }

    private void toBackend(Visit from, Call call, BackendNode backend, double cost, Consumer<Outcome> done) {
        boolean queue = backend.spec.kind() == Backend.Kind.QUEUE;
        var answer = new Answer(world, from, call, backend, queue ? Kind.PRODUCER : Kind.CLIENT, done);
        answer.limit(call.timeoutMs());
        Network.Lost lost = Network.toBackend(from, call, backend);
        if (lost != null) {
            world.agenda.after(lost.afterMs(), () -> answer.give(Outcome.failed(lost.failure())));
            return;
        }
        if (backend.draw.chance(backend.failing.value())) {
            // Two thirds hang until the caller gives up; the rest is turned away at once.
            if (backend.draw.chance(0.34)) {
                double after = backend.millis(call.operation());
                world.agenda.after(after, () -> answer.give(failed(Failure.Kind.UPSTREAM, call, 503)));
            }
            return;
        }
        if (!backend.admits(world.agenda.now())) {
            world.agenda.after(8 + backend.draw.below(9), () -> answer.give(failed(Failure.Kind.THROTTLED, call, 429)));
            return;
        }
        // A database works on what its caller has given up on: the slot stays taken until the work is done.
        backend.slots.take(new Station.Ticket(() -> {
            double millis = backend.millis(call.operation()) * cost;
            world.agenda.after(millis, () -> worked(from, call, backend, answer, millis));
        }));
    }

    private void worked(Visit from, Call call, BackendNode backend, Answer answer, double millis) {
        backend.slots.release();
        world.databases.worked(from, call, backend, answer.given, millis);
        if (backend.spec.kind() == Backend.Kind.QUEUE && !answer.given) {
            world.queues.publish(backend, answer.trace);
        }
        if (call.writes() && backend.draw.chance(backend.full.value())) {
            world.databases.noSpace(from, call, backend);
            answer.give(failed(Failure.Kind.DISK_FULL, call, 0));
        } else {
            answer.give(Outcome.OK);
        }
    }

    private static Outcome failed(Failure.Kind kind, Call call, long detail) {
        boolean answered =
                kind == Failure.Kind.UPSTREAM || kind == Failure.Kind.UNAUTHORIZED || kind == Failure.Kind.THROTTLED;
        return new Outcome(answered ? (int) detail : 0, new Failure(kind, call.to(), call.operation(), detail));
    }
}
