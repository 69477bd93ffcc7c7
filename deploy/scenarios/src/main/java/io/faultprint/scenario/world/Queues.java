package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import io.faultprint.scenario.voice.Phrase;
import java.util.Objects;

/** Messages: every subscriber gets each one, keeps it until a worker is free, and tries a failed one again. */
final class Queues {

    private static final double REDELIVERY_MS = 5000;

    /** A broker gives back soon what was refused. */
    private static final double REFUSED_MS = 400;

    private final World world;

    Queues(World world) {
        this.world = world;
    }

    void publish(BackendNode queue, Trace from) {
        for (ServiceNode subscriber : queue.subscribers) {
            add(subscriber, new ServiceNode.Message(from, 1, false));
        }
    }

    /** A message from nowhere that we see: published again by hand, or broken. */
    void inject(ServiceNode subscriber, boolean poisoned) {
        String traceId = Phrase.hex(subscriber.network.random(), 32);
        var trace = new Trace(traceId, "", null, world.arrivals.sampled(traceId));
        add(subscriber, new ServiceNode.Message(trace, 1, poisoned));
    }

    private void add(ServiceNode subscriber, ServiceNode.Message message) {
        subscriber.messages.add(message);
        dispatch(subscriber);
    }

    /** Starts as many waiting messages as there are free workers. A silent worker takes none, and says nothing. */
    void dispatch(ServiceNode service) {
        Service.Consumes consumes = service.spec.consumes();
        if (consumes == null) {
            return;
        }
        while (service.silence.value() == 0 && !service.messages.isEmpty()) {
            Instance instance = service.idle();
            if (instance == null) {
                return;
            }
            begin(service, instance, service.messages.remove(), consumes);
        }
    }

    private void begin(ServiceNode service, Instance instance, ServiceNode.Message message, Service.Consumes consumes) {
        Trace from = message.from();
        String parent = from.spanId().isEmpty() ? null : from.spanId();
        var trace = new Trace(from.traceId(), world.spanId(service), parent, from.sampled());
        Operation operation =
                Objects.requireNonNull(service.spec.operations().get(consumes.operation()), consumes.operation());
        var visit = new Visit(world, instance, operation, trace, Kind.CONSUMER, outcome -> {
            boolean again =
                    message.poisoned() ? service.poison.turned() : message.deliveries() <= consumes.redeliveries();
            if (outcome.failure() != null && again) {
                var next = new ServiceNode.Message(from, message.deliveries() + 1, message.poisoned());
                world.agenda.after(message.poisoned() ? REFUSED_MS : REDELIVERY_MS, () -> add(service, next));
            }
        });
        visit.poisoned = message.poisoned();
        visit.begin();
    }
}
