package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.voice.Speaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    // What faults turn.
    final Dial bugShare = Dial.share();
    final Dial cpuDrag = Dial.factor();
    final Dial leakMbPerSecond = Dial.amount();
    final Dial connectionLeakPerSecond = Dial.amount();
    final Dial silence = Dial.share();
    private final Map<String, Dial> wrongHosts = new LinkedHashMap<>();

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

    /** The share of instances that look for a backend under a name that does not exist. */
    Dial wrongHosts(@Nullable String backend) {
        return wrongHosts.computeIfAbsent(String.valueOf(backend), each -> Dial.share());
    }

    boolean knows(String backend, Instance instance) {
        Dial wrong = wrongHosts.get(backend);
        return wrong == null || instance.index >= Math.ceil(wrong.value() * instances.size());
    }

    Tally tally() {
        long inFlight = instances.stream().mapToLong(each -> each.visits.size()).sum();
        return new Tally(arrived, completed, failed, inFlight);
    }

    /** A message on its way to this service, with the trace it belongs to. */
    record Message(Trace from, int deliveries) {}
}
