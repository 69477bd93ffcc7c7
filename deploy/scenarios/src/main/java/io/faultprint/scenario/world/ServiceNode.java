package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.voice.Speaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service at work: its instances, its dice, and what a fault has done to it. */
final class ServiceNode {

    final Service spec;
    final Draw draw;
    final Draw ids;
    final Draw chatter;
    final Speaker speaker;
    final List<Instance> instances = new ArrayList<>();
    final ArrayDeque<Message> messages = new ArrayDeque<>();
    String version;

    // What faults turn; the values here are health.
    double bugShare;
    double cpuDrag = 1;
    double leakMbPerSecond;
    double connectionLeakPerSecond;
    boolean silent;
    double wrongHostShare;

    @Nullable
    String wrongHost;

    boolean saysNewLine;

    // Counted where it happens; see Tally.
    long arrived;
    long completed;
    long failed;
    private int turn;

    ServiceNode(Service spec, long seed, String environment) {
        this.spec = spec;
        this.version = spec.version();
        this.draw = new Draw(seed, "service " + spec.name());
        this.ids = new Draw(seed, "ids " + spec.name());
        this.chatter = new Draw(seed, "chatter " + spec.name());
        this.speaker = new Speaker(spec, chatter.random());
        for (int i = 0; i < spec.instances(); i++) {
            instances.add(new Instance(this, i, environment));
        }
    }

    /** The next instance in rotation, or null when there is none. */
    @Nullable
    Instance next(long nowNanos) {
        for (int i = 0; i < instances.size(); i++) {
            turn = (turn + 1) % instances.size();
            if (instances.get(turn).inRotation(nowNanos)) {
                return instances.get(turn);
            }
        }
        return null;
    }

    /** An instance that could begin with a message now, or null. */
    @Nullable
    Instance idle() {
        for (int i = 0; i < instances.size(); i++) {
            turn = (turn + 1) % instances.size();
            Instance each = instances.get(turn);
            if (each.up && each.workers.hasFree()) {
                return each;
            }
        }
        return null;
    }

    Tally tally() {
        long inFlight = instances.stream().mapToLong(each -> each.visits.size()).sum();
        return new Tally(arrived, completed, failed, inFlight);
    }

    /** A message on its way to this service, with the trace it belongs to. */
    record Message(Trace from, int deliveries) {}
}
