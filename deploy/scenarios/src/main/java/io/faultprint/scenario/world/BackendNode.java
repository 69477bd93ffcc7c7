package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import java.util.ArrayList;
import java.util.List;

/** A database, cache, queue or outside provider at work. */
final class BackendNode {

    final Backend spec;
    final Station slots;
    final Draw draw;
    final List<ServiceNode> subscribers = new ArrayList<>();

    /** Multiplies the latency; 1 when healthy. */
    final Dial slowness = Dial.factor();

    /** Share of calls that hang or are answered 503. */
    final Dial failing = Dial.share();

    BackendNode(Backend spec, long seed) {
        this.spec = spec;
        this.slots = Station.unboundedQueue(spec.slots());
        this.draw = new Draw(seed, "backend " + spec.name());
    }

    double millis() {
        return draw.millis(spec.latency()) * slowness.value();
    }
}
