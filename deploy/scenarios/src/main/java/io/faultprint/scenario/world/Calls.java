package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import io.faultprint.scenario.voice.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Outgoing calls: to services with timeouts and retries, to databases through a pool, to caches, queues and outside. */
final class Calls {

    private static final double NETWORK_MS = 0.3;

    private final World world;

    Calls(World world) {
        this.world = world;
    }

    void make(Visit from, Call call, Consumer<Outcome> done) {
        BackendNode backend = world.backends.get(call.to());
        if (backend == null) {
            toService(from, call, 0, done);
            return;
        }
        switch (backend.spec.kind()) {
            case DATABASE -> toDatabase(from, call, backend, done);
            case CACHE -> toCache(from, call, backend, done);
            case QUEUE, OUTSIDE -> toBackend(from, call, backend, done);
        }
    }

    private void toService(Visit from, Call call, int attempt, Consumer<Outcome> done) {
        var answer = new Answer(from, call, Kind.CLIENT, outcome -> {
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
        var trace = new Trace(answer.trace.traceId(), world.spanId(callee), answer.trace.spanId());
        var operation = Objects.requireNonNull(callee.spec.operations().get(call.operation()), call.operation());
        world.agenda.after(NETWORK_MS, () -> {
            Consumer<Outcome> reply = outcome -> world.agenda.after(NETWORK_MS, () -> answer.give(outcome));
            if (instance.up) {
                new Visit(world, instance, operation, trace, Kind.SERVER, reply).begin();
            } else {
                reply.accept(failed(Failure.Kind.REFUSED, call, 0));
            }
        });
    }

    private void toDatabase(Visit from, Call call, BackendNode database, Consumer<Outcome> done) {
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
            toBackend(from, call, database, outcome -> {
                pool.release();
                done.accept(outcome);
            });
        });
        pool.take(ticket);
        timer[0] = world.agenda.after(spec.timeoutMs(), () -> {
            if (pool.leave(ticket)) {
                done.accept(failed(Failure.Kind.POOL_EMPTY, call, spec.timeoutMs()));
            }
        });
    }

    private void toCache(Visit from, Call call, BackendNode cache, Consumer<Outcome> done) {
        Call otherwise = call.otherwise();
        boolean hit = otherwise == null || from.service.draw.chance(call.hitRatio());
        toBackend(from, call, cache, outcome -> {
            if (hit || otherwise == null || from.over()) {
                done.accept(outcome);
            } else {
                make(from, otherwise, done);
            }
        });
    }

    private void toBackend(Visit from, Call call, BackendNode backend, Consumer<Outcome> done) {
        boolean queue = backend.spec.kind() == Backend.Kind.QUEUE;
        var answer = new Answer(from, call, queue ? Kind.PRODUCER : Kind.CLIENT, done);
        answer.limit(call.timeoutMs());
        if (backend.draw.chance(backend.failing.value())) {
            // Two thirds hang until the caller gives up; the rest is turned away at once.
            if (backend.draw.chance(0.34)) {
                world.agenda.after(backend.millis(), () -> answer.give(failed(Failure.Kind.UPSTREAM, call, 503)));
            }
            return;
        }
        // A database works on what its caller has given up on: the slot stays taken until the work is done.
        backend.slots.take(new Station.Ticket(() -> world.agenda.after(backend.millis(), () -> {
            backend.slots.release();
            if (queue && !answer.given) {
                world.queues.publish(backend, answer.trace);
            }
            answer.give(Outcome.OK);
        })));
    }

    private static Outcome failed(Failure.Kind kind, Call call, long detail) {
        int status = kind == Failure.Kind.UPSTREAM ? (int) detail : 0;
        return new Outcome(status, new Failure(kind, call.to(), call.operation(), detail));
    }

    /** The end of one call: given once, by the callee or by the clock, and seen as a span of the caller. */
    private final class Answer {
        private final Visit from;
        private final Call call;
        private final Kind kind;
        private final Consumer<Outcome> done;
        private final long started;
        final Trace trace;
        boolean given;
        private Agenda.@Nullable Entry timer;

        Answer(Visit from, Call call, Kind kind, Consumer<Outcome> done) {
            this.from = from;
            this.call = call;
            this.kind = kind;
            this.done = done;
            this.started = world.agenda.now();
            this.trace = new Trace(from.trace.traceId(), world.spanId(from.service), from.trace.spanId());
        }

        void limit(int millis) {
            BackendNode backend = world.backends.get(call.to());
            boolean database = backend != null && backend.spec.kind() == Backend.Kind.DATABASE;
            Failure.Kind late = database ? Failure.Kind.QUERY_TIMEOUT : Failure.Kind.TIMEOUT;
            timer = world.agenda.after(millis, () -> give(failed(late, call, millis)));
        }

        void give(Outcome outcome) {
            if (given) {
                return;
            }
            given = true;
            if (timer != null) {
                timer.cancel();
            }
            // A visit is over while its call is out only when its process died: that sends no more spans.
            if (!from.over()) {
                span(outcome);
            }
            done.accept(outcome);
        }

        private void span(Outcome outcome) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            BackendNode backend = world.backends.get(call.to());
            Backend.Kind to = backend == null ? Backend.Kind.OUTSIDE : backend.spec.kind();
            String name = call.operation();
            int space = Math.max(0, name.indexOf(' '));
            switch (to) {
                case DATABASE, CACHE -> {
                    attributes.put(
                            "db.system.name",
                            Objects.requireNonNull(backend).spec.system());
                    attributes.put("db.operation.name", name.substring(0, space));
                    attributes.put("db.collection.name", name.substring(space + 1));
                }
                case QUEUE -> {
                    attributes.put(
                            "messaging.system",
                            Objects.requireNonNull(backend).spec.system());
                    attributes.put("messaging.operation.type", "send");
                    attributes.put("messaging.destination.name", name.substring(space + 1));
                }
                case OUTSIDE -> {
                    attributes.put("http.request.method", name.substring(0, space));
                    attributes.put("url.full", "http://" + call.to() + name.substring(space + 1));
                    if (outcome.status() > 0) {
                        attributes.put("http.response.status_code", (long) outcome.status());
                    }
                }
            }
            attributes.put("server.address", call.to());
            Failure failure = outcome.failure();
            if (failure != null) {
                boolean answered = outcome.status() > 0;
                Object type = from.service.speaker.exception(failure).get("exception.type");
                attributes.put("error.type", answered || type == null ? Integer.toString(outcome.status()) : type);
            }
            boolean error = failure != null || outcome.status() >= 400;
            String spanName = to == Backend.Kind.OUTSIDE ? name.substring(0, space) : name;
            String message = failure == null
                    ? null
                    : from.service.speaker.thrown(failure).message();
            world.span(
                    from.resource,
                    trace,
                    spanName,
                    kind,
                    started,
                    world.agenda.now(),
                    error,
                    message,
                    attributes,
                    Map.of());
        }
    }
}
