package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.voice.Phrase;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pod of a service: its places, its memory, its counters. Counters and memory start anew with each life. */
final class Instance {

    private static final int REFUSING_MS = 3000;

    final ServiceNode service;
    final int index;
    final String zone;

    // What faults turn.
    final Dial deviceErrors = Dial.share();
    final Dial clockSkewSeconds = Dial.amount();
    final Dial doomed = Dial.share();
    final Dial neighbour;
    final Dial zoneCut;
    final IdentityHashMap<Call, BreakerState> breakers = new IdentityHashMap<>();
    final Set<Visit> visits = new LinkedHashSet<>();
    final Map<String, Meter> meters = new LinkedHashMap<>();
    Resource resource;
    Station workers;
    Station cores;
    Map<String, Station> pools = new LinkedHashMap<>();
    boolean up = true;
    long bornNanos;
    long busyNanos;
    long requests;
    long errors;
    double leakedMb;
    private final String host;
    private final long clockOffsetNanos;
    private double garbageMb;
    private long downSince;

    /** Counts deaths, so that a restart that was planned for an earlier one does nothing. */
    int life;

    Instance(ServiceNode service, int index, String environment, Platform platform) {
        this.service = service;
        this.index = index;
        this.host = platform.node(service.spec.name(), index);
        this.zone = platform.zone(service.spec.name(), index);
        this.neighbour = platform.drag(host);
        this.zoneCut = platform.cut(zone);
        this.clockOffsetNanos = platform.clockOffset(host);
        Service spec = service.spec;
        this.resource = new Resource(environment, spec.name(), spec.version(), "", host, zone);
        this.workers = new Station(spec.workers(), spec.backlog());
        this.cores = Station.unboundedQueue(spec.cores());
        renew(spec.version(), 0);
    }

    /** A new pod takes this one's place; what the old one works on, it still ends. */
    void renew(String version, long nowNanos) {
        String pod = service.spec.name() + "-" + Phrase.hex(service.ids.random(), 9) + "-"
                + Phrase.hex(service.ids.random(), 5);
        resource = new Resource(resource.environment(), service.spec.name(), version, pod, host, zone);
        reset(nowNanos);
    }

    /** The process starts again in the same pod. */
    void reset(long nowNanos) {
        Service spec = service.spec;
        workers = new Station(spec.workers(), spec.backlog());
        cores = Station.unboundedQueue(spec.cores());
        pools = new LinkedHashMap<>();
        meters.clear();
        breakers.clear();
        bornNanos = nowNanos;
        busyNanos = 0;
        requests = 0;
        errors = 0;
        leakedMb = 0;
        garbageMb = 0;
        up = true;
    }

    void goDown(long nowNanos) {
        up = false;
        life++;
        downSince = nowNanos;
    }

    /** Whether callers still send here: a dead pod stays in rotation until its readiness check has failed. */
    boolean inRotation(long nowNanos) {
        return up || nowNanos - downSince < REFUSING_MS * 1_000_000L;
    }

    Station pool(String database, Service.Pool spec) {
        return pools.computeIfAbsent(database, each -> Station.unboundedQueue(service.places(spec)));
    }

    double usedMb() {
        double held = service.heldShare.value() * service.spec.limitMb() - service.spec.baseMb();
        return service.spec.baseMb() + Math.max(0, held) + garbageMb + leakedMb;
    }

    /** What a request leaves behind is collected at a fifth of what idle memory leaves free, and when it gets tight. */
    void allocate(double mb) {
        garbageMb += mb;
        double limit = service.spec.limitMb();
        if (garbageMb > (limit - service.spec.baseMb()) * 0.2 || usedMb() > limit * 0.985) {
            garbageMb = 0;
        }
    }

    /** How much longer work takes than it should: stolen cores and, near the limit, collecting garbage. */
    double drag() {
        return service.cpuDrag.value() * neighbour.value() / (1 - collecting());
    }

    /** The share of time that goes into collecting garbage: none with room to spare, nearly all at the limit. */
    double collecting() {
        double tight = Math.max(0, usedMb() / service.spec.limitMb() - 0.85) / 0.15;
        return Math.min(0.97, tight * tight);
    }

    /** How far this instance's clock is off, in nanoseconds. */
    long clockOffset() {
        return clockOffsetNanos + Math.round(clockSkewSeconds.value() * 1e9);
    }

    /** Durations of one operation in this life. */
    Meter meter(String operation) {
        return meters.computeIfAbsent(operation, each -> new Meter());
    }

    /** A cumulative histogram with the bounds that OpenTelemetry advises for HTTP. */
    static final class Meter {
        static final List<Double> BOUNDS =
                List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
        private final long[] counts = new long[BOUNDS.size() + 1];
        private double sum;

        void add(double seconds) {
            int bucket = 0;
            while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
                bucket++;
            }
            counts[bucket]++;
            sum += seconds;
        }

        double sum() {
            return sum;
        }

        List<Long> counts() {
            var list = new ArrayList<Long>(counts.length);
            for (long each : counts) {
                list.add(each);
            }
            return list;
        }
    }
}
