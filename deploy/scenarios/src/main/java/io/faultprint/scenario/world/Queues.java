package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Operation;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.signal.Signal.Span.Kind;
import java.util.Objects;

/** Messages: every subscriber gets each one, keeps it until a worker is free, and tries a failed one again. */
final class Queues {

    private static final double REDELIVERY_MS = 5000;

    private final World world;

    Queues(World world) {
        this.world = world;
    }

    void publish(BackendNode queue, Trace from) {
        for (ServiceNode subscriber : queue.subscribers) {
            subscriber.messages.add(new ServiceNode.Message(from, 1));
            dispatch(subscriber);
        }
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
            ServiceNode.Message message = service.messages.remove();
            var trace = new Trace(
                    message.from().traceId(),
                    world.spanId(service),
                    message.from().spanId());
            Operation operation =
                    Objects.requireNonNull(service.spec.operations().get(consumes.operation()), consumes.operation());
            new Visit(world, instance, operation, trace, Kind.CONSUMER, outcome -> {
                        if (outcome.failure() != null && message.deliveries() <= consumes.redeliveries()) {
                            world.agenda.after(REDELIVERY_MS, () -> {
                                service.messages.add(new ServiceNode.Message(message.from(), message.deliveries() + 1));
                                dispatch(service);
                            });
                        }
                    })
                    .begin();
        }
    }
}
