package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database, cache, queue or outside provider at work. */
final class BackendNode {

    private static final long SECOND = 1_000_000_000L;

    final Backend spec;
    final Station slots;
    final Draw draw;
    final List<ServiceNode> subscribers = new ArrayList<>();
    final CacheContents contents = new CacheContents();

    // What faults turn.
    final Dial slowness = Dial.factor();
    final Dial failing = Dial.share();
    final Dial full = Dial.share();
    final Dial expired = Dial.share();
    final Dial allowedPerSecond = Dial.amount();
    private final Map<String, Dial> operations = new LinkedHashMap<>();

    /** How far latencies have drifted from what they were at the start; moved by the weather. */
    double drift = 1;

    private long second;
    private double credit;

    BackendNode(Backend spec, long seed) {
        this.spec = spec;
        this.slots = Station.unboundedQueue(spec.slots());
        this.draw = new Draw(seed, "backend " + spec.name());
    }

    /** By how much one operation takes longer. */
    Dial slowness(String operation) {
        return operations.computeIfAbsent(operation, each -> Dial.factor());
    }

    double millis(String operation) {
        Dial own = operations.get(operation);
        return draw.millis(spec.latency()) * drift * slowness.value() * (own == null ? 1 : own.value());
    }

    /** Counts a call against what is allowed in this second; false when it is one too many. */
    boolean admits(long nowNanos) {
        if (!allowedPerSecond.turned()) {
            return true;
        }
        if (nowNanos / SECOND != second) {
            // A rate such as 0.5 a second admits one call in every other second.
            double allowed = allowedPerSecond.value();
            credit = Math.min(Math.max(1, allowed), credit + allowed * (nowNanos / SECOND - second));
            second = nowNanos / SECOND;
        }
        if (credit >= 1) {
            credit--;
            return true;
        }
        return false;
    }
}
