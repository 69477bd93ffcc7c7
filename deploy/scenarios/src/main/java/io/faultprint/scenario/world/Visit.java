package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Line;
import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.Voice;
import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import io.faultprint.scenario.voice.Failure;
import io.faultprint.scenario.voice.Phrase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request at one instance: it waits for a worker, works on a core, asks others, and answers. */
final class Visit {

    final World world;
    final ServiceNode service;
    final Instance instance;
    final Operation operation;
    final Trace trace;
    final Resource resource;
    private final Kind kind;
    private final Consumer<Outcome> reply;
    private final long started;
    private final Station workers;
    private final Station cores;
    private boolean working;

    /** Whether this is a message that nobody can read. */
    boolean poisoned;

    private boolean over;

    Visit(World world, Instance instance, Operation operation, Trace trace, Kind kind, Consumer<Outcome> reply) {
        this.world = world;
        this.service = instance.service;
        this.instance = instance;
        this.operation = operation;
        this.trace = trace;
        this.resource = instance.resource;
        this.kind = kind;
        this.reply = reply;
        this.started = world.agenda.now();
        this.workers = instance.workers;
        this.cores = instance.cores;
    }

    void begin() {
        service.arrived++;
        instance.visits.add(this);
        var ticket = new Station.Ticket(this::gotWorker);
        if (!workers.take(ticket)) {
            Failure failure = new Failure(Failure.Kind.OVERLOADED, service.spec.name(), operation.name(), 0);
            answer(503, failure);
        }
    }

    /** Turned away at the door, for a reason that the service logs. */
    void refuse(String why) {
        service.arrived++;
        instance.visits.add(this);
        world.say(this, Level.WARN, "security", why, null);
        answer(401, null);
    }

    boolean over() {
        return over;
    }

    private void gotWorker() {
        if (over) {
            workers.release();
            return;
        }
        working = true;
        cores.take(new Station.Ticket(() -> {
            double millis = service.draw.millis(operation.work()) * instance.drag();
            instance.busyNanos += Math.round(millis * 1e6);
            world.agenda.after(millis, this::worked);
        }));
    }

    private void worked() {
        cores.release();
        if (over) {
            return;
        }
        if (service.heavyDue > 0) {
            service.heavyDue--;
            world.cluster.kill(instance);
            return;
        }
        instance.allocate(0.4);
        double stall = service.stallMs.value();
        if (stall > 0) {
            world.agenda.after(stall * (0.8 + 0.4 * service.network.random().nextDouble()), this::goOn);
        } else {
            goOn();
        }
    }

    private void goOn() {
        if (over) {
            return;
        }
        Operation.Decline decline = operation.declines();
        Failure.Kind ails = poisoned ? Failure.Kind.POISON : service.ails(instance, operation.name());
        if (ails != null) {
            String what = ails == Failure.Kind.DISK_FULL ? "/var/lib/" + service.spec.name() : operation.name();
            fail(500, new Failure(ails, service.spec.name(), what, 0));
        } else if (decline != null && service.draw.chance(decline.share())) {
            world.say(this, Level.WARN, "handler", fill(decline.text()), null);
            answer(decline.status(), null);
        } else {
            next(0);
        }
    }

    private void next(int index) {
        if (over) {
            return;
        }
        if (index == operation.calls().size()) {
            succeed();
            return;
        }
        Call call = operation.calls().get(index);
        if (!service.draw.chance(call.share())) {
            next(index + 1);
            return;
        }
        world.calls.make(this, call, outcome -> answered(call, index, outcome));
    }

    private void answered(Call call, int index, Outcome outcome) {
        if (over) {
            return;
        }
        Failure failure = outcome.failure();
        if (outcome.ok()) {
            next(index + 1);
        } else if (call.optional()) {
            if (failure != null) {
                world.say(this, Level.WARN, "fallback", "Going on without " + call.to(), failure);
            }
            next(index + 1);
        } else if (failure != null) {
            fail(statusFor(failure), failure);
        } else {
            answer(outcome.status(), null);
        }
    }

    private static int statusFor(Failure failure) {
        return switch (failure.kind()) {
            case TIMEOUT, UNREACHABLE -> 504;
            case REFUSED, RESET, DNS, CERTIFICATE -> 502;
            case UPSTREAM -> failure.detail() == 503 ? 503 : 500;
            case OVERLOADED, THROTTLED, CIRCUIT_OPEN -> 503;
            default -> 500;
        };
    }

    private void succeed() {
        for (Line line : operation.says()) {
            if (service.chatter.chance(line.share())) {
                world.say(this, Level.INFO, "handler", fill(line.text()), null);
            }
        }
        String newLine = service.newLine;
        if (newLine != null && service.chatter.chance(0.2)) {
            world.say(this, Level.INFO, "gates", fill(newLine), null);
        }
        answer(200, null);
    }

    private void fail(int status, Failure failure) {
        boolean edge = service.spec.voice() == Voice.NGINX;
        if (!edge || failure.kind() != Failure.Kind.UPSTREAM) {
            String did = kind == Kind.CONSUMER ? "Failed to " : "Request failed: ";
            world.say(this, Level.ERROR, "handler", did + operation.name(), failure);
        }
        answer(status, failure);
    }

    private void answer(int status, @Nullable Failure failure) {
        if (over) {
            return;
        }
        over = true;
        instance.visits.remove(this);
        long now = world.agenda.now();
        boolean error = status >= 500;
        if (error) {
            service.failed++;
        } else {
            service.completed++;
        }
        service.answeredNanos += now - started;
        boolean sameLife = instance.workers == workers;
        if (sameLife) {
            instance.requests++;
            instance.errors += error ? 1 : 0;
            instance.meter(operation.name()).add((now - started) / 1e9);
        }
        if (trace.sampled()) {
            span(status, failure, now);
        }
        if (service.spec.voice() == Voice.NGINX) {
            world.access(this, status, (now - started) / 1e9);
        }
        reply.accept(
                error
                        ? new Outcome(
                                status,
                                new Failure(Failure.Kind.UPSTREAM, service.spec.name(), operation.name(), status))
                        : new Outcome(status, null));
        if (working) {
            workers.release();
        }
        world.queues.dispatch(service);
    }

    /** The process dies under the request: no span, no line, and the caller's connection is cut. */
    void die() {
        over = true;
        service.failed++;
        service.answeredNanos += world.agenda.now() - started;
        reply.accept(Outcome.failed(new Failure(Failure.Kind.RESET, service.spec.name(), operation.name(), 0)));
    }

    private void span(int status, @Nullable Failure failure, long now) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (kind == Kind.CONSUMER) {
            attributes.put("messaging.system", "rabbitmq");
            attributes.put("messaging.operation.type", "process");
            attributes.put(
                    "messaging.destination.name",
                    operation.name().substring(operation.name().indexOf(' ') + 1));
        } else {
            int space = operation.name().indexOf(' ');
            String route = operation.name().substring(space + 1);
            attributes.put("http.request.method", operation.name().substring(0, Math.max(0, space)));
            attributes.put("http.route", route);
            attributes.put("url.path", route.replace("{id}", Integer.toString(service.ids.below(90_000))));
            attributes.put("http.response.status_code", (long) status);
        }
        boolean error = status >= 500;
        boolean thrown = failure != null && failure.kind() != Failure.Kind.OVERLOADED;
        Map<String, Object> exception =
                error && failure != null && thrown ? service.speaker.exception(failure) : Map.of();
        if (error) {
            Object type = exception.get("exception.type");
            attributes.put("error.type", type == null ? Integer.toString(status) : type);
        }
        world.span(this, trace, operation.name(), kind, started, now, error, null, attributes, exception);
    }

    private String fill(String text) {
        return Phrase.fill(text, service.chatter.random());
    }
}
