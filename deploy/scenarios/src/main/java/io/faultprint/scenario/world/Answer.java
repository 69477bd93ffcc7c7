package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import io.faultprint.scenario.voice.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of one call: given once, by the callee or by the clock, and seen as a span of the caller. */
final class Answer {

    private final World world;
    private final Visit from;
    private final Call call;
    private final @Nullable BackendNode backend;
    private final Kind kind;
    private final Consumer<Outcome> done;
    private final long started;
    final Trace trace;
    boolean given;
    private Agenda.@Nullable Entry timer;

    Answer(World world, Visit from, Call call, @Nullable BackendNode backend, Kind kind, Consumer<Outcome> done) {
        this.world = world;
        this.from = from;
        this.call = call;
        this.backend = backend;
        this.kind = kind;
        this.done = done;
        this.started = world.agenda.now();
        this.trace = from.trace.sampled() ? from.trace.child(world.spanId(from.service)) : from.trace;
    }

    void limit(int millis) {
        boolean database = backend != null && backend.spec.kind() == Backend.Kind.DATABASE;
        Failure.Kind late = database ? Failure.Kind.QUERY_TIMEOUT : Failure.Kind.TIMEOUT;
        timer = world.agenda.after(
                millis, () -> give(Outcome.failed(new Failure(late, call.to(), call.operation(), millis))));
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
        if (!from.over() && trace.sampled()) {
            span(outcome);
        }
        done.accept(outcome);
    }

    private void span(Outcome outcome) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Backend.Kind to = backend == null ? Backend.Kind.OUTSIDE : backend.spec.kind();
        String name = call.operation();
        int space = Math.max(0, name.indexOf(' '));
        if (backend != null && (to == Backend.Kind.DATABASE || to == Backend.Kind.CACHE)) {
            attributes.put("db.system.name", backend.spec.system());
            attributes.put("db.operation.name", name.substring(0, space));
            attributes.put("db.collection.name", name.substring(space + 1));
        } else if (backend != null && to == Backend.Kind.QUEUE) {
            attributes.put("messaging.system", backend.spec.system());
            attributes.put("messaging.operation.type", "send");
            attributes.put("messaging.destination.name", name.substring(space + 1));
        } else {
            attributes.put("http.request.method", name.substring(0, space));
            attributes.put("url.full", "http://" + call.to() + name.substring(space + 1));
            if (outcome.status() > 0) {
                attributes.put("http.response.status_code", (long) outcome.status());
            }
        }
        attributes.put("server.address", call.to());
        Failure failure = outcome.failure();
        String message = null;
        if (failure != null) {
            var thrown = from.service.speaker.thrown(failure);
            boolean plain = outcome.status() > 0 || thrown.type().equals("nginx");
            attributes.put("error.type", plain ? Integer.toString(outcome.status()) : thrown.type());
            message = thrown.message();
        }
        boolean error = failure != null || outcome.status() >= 400;
        String spanName = to == Backend.Kind.OUTSIDE ? name.substring(0, space) : name;
        long ended = world.agenda.now();
        world.span(from, trace, spanName, kind, started, ended, error, message, attributes, Map.of());
    }
}
