package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.voice.Failure;
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
    final Draw network;
    final Speaker speaker;
    final List<Instance> instances = new ArrayList<>();
    final ArrayDeque<Message> messages = new ArrayDeque<>();
    String version;

    // What faults turn.
    final Dial bugShare = Dial.share();
    final Dial flaggedShare = Dial.share();
    final Dial badDataShare = Dial.share();
    final Dial volumeFull = Dial.share();
    final Dial unresolved = Dial.share();
    final Dial expired = Dial.share();
    final Dial heldShare = Dial.amount();
    final Dial stallMs = Dial.amount();
    final Dial connectionsLeft = Dial.amount();
    final Dial poison = Dial.share();
    final Dial heavyPerMinute = Dial.amount();
    final Dial cpuDrag = Dial.factor();
    final Dial leakMbPerSecond = Dial.amount();
    final Dial connectionLeakPerSecond = Dial.amount();
    final Dial silence = Dial.share();
    private final Map<String, Dial> wrongHosts = new LinkedHashMap<>();

    /** What the version that runs now prints and others do not, or null. */
    @Nullable
    String newLine;

    /** Heavy requests that have been sent and not yet arrived. */
    int heavyDue;

    // Counted where it happens; see Tally.
    long arrived;
    long completed;
    long failed;
    long restarts;
    long answeredNanos;
    private int turn;

    ServiceNode(Service spec, long seed, String environment, Platform platform) {
        this.spec = spec;
        this.version = spec.version();
        this.draw = new Draw(seed, "service " + spec.name());
        this.ids = new Draw(seed, "ids " + spec.name());
        this.chatter = new Draw(seed, "chatter " + spec.name());
        this.network = new Draw(seed, "network " + spec.name());
        this.speaker = new Speaker(spec, chatter.random());
        for (int i = 0; i < spec.instances(); i++) {
            instances.add(new Instance(this, i, environment, platform));
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

    /** Gives every pool of connections the size it should have now. */
    void resizePools() {
        Service.Pool pool = spec.pool();
        if (pool != null) {
            int places = places(pool);
            instances.forEach(each -> each.pools.values().forEach(station -> station.resize(places)));
        }
    }

    int places(Service.Pool pool) {
        return connectionsLeft.turned() ? (int) Math.max(1, Math.round(connectionsLeft.value())) : pool.size();
    }

    /** What goes wrong in a request of this service by its own doing, or null. */
    Failure.@Nullable Kind ails(Instance instance, String operation) {
        if (draw.chance(bugShare.value())) {
            return Failure.Kind.BUG;
        }
        if (draw.chance(flaggedShare.value())) {
            return Failure.Kind.FLAGGED_BUG;
        }
        if (draw.chance(badDataShare.value())) {
            return Failure.Kind.BAD_DATA;
        }
        if (draw.chance(instance.deviceErrors.value())) {
            return Failure.Kind.DEVICE;
        }
        boolean writes = !operation.startsWith("GET ");
        return writes && draw.chance(volumeFull.value()) ? Failure.Kind.DISK_FULL : null;
    }

    /** A message on its way to this service, with the trace it belongs to. */
    record Message(Trace from, int deliveries, boolean poisoned) {}
}
