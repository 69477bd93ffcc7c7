package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.voice.Failure;
import io.faultprint.scenario.voice.Moment;
import io.faultprint.scenario.voice.Phrase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated system. Its only input is time, given by {@link #advanceTo}; its only outputs are signals, in the order of
 * their times. The same scenario, timetable and start give the same signals.
 */
public final class World {

    final Scenario scenario;
    final Agenda agenda = new Agenda();
    final Map<String, ServiceNode> services = new LinkedHashMap<>();
    final Map<String, BackendNode> backends = new LinkedHashMap<>();
    final Calls calls = new Calls(this);
    final Queues queues = new Queues(this);
    final Upkeep upkeep = new Upkeep(this);
    final Platform platform;
    final Cluster cluster;
    final Databases databases;
    final Arrivals arrivals;
    private final Consumer<Signal> out;
    private final long startNanos;

    /**
     * A world that begins at the start and has not moved yet.
     *
     * @param scenario what it is made of
     * @param timetable what befalls it
     * @param start the moment that it takes for its beginning
     * @param out takes every signal
     */
    public World(Scenario scenario, Timetable timetable, Instant start, Consumer<Signal> out) {
        this(scenario, timetable, start, out, fault -> {}, fault -> {});
    }

    /** As above, and tells when faults begin and end: for people who watch, never for detectors. */
    public World(
            Scenario scenario,
            Timetable timetable,
            Instant start,
            Consumer<Signal> out,
            Consumer<PlannedFault> began,
            Consumer<PlannedFault> ended) {
        this.scenario = scenario;
        this.out = out;
        this.startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
        long seed = timetable.settings().seed();
        double wish = timetable.settings().requestsPerSecond();
        this.platform = new Platform(scenario, seed);
        this.arrivals = new Arrivals(this, wish > 0 ? wish : scenario.traffic().requestsPerSecond(), seed);
        this.cluster = new Cluster(this);
        scenario.backends().forEach((name, spec) -> backends.put(name, new BackendNode(spec, seed)));
        scenario.services().forEach((name, spec) -> services.put(name, node(spec, seed)));
        this.databases = new Databases(this, seed);
        upkeep.begin();
        new Surroundings(this, seed).begin();
        new Scrape(this, seed).begin();
        var faults = new Faults(this);
        var changes = new Changes(this);
        timetable.changes().forEach(each -> agenda.at(each.timeMs() * 1_000_000, () -> changes.carryOut(each)));
        for (PlannedFault fault : timetable.faults()) {
            faults.announce(fault, timetable.changes());
            agenda.at(fault.onsetMs() * 1_000_000, () -> {
                faults.begin(fault);
                began.accept(fault);
            });
            agenda.at(fault.endMs() * 1_000_000, () -> {
                faults.end(fault);
                ended.accept(fault);
            });
        }
        arrivals.begin();
    }

    private ServiceNode node(Service spec, long seed) {
        var node = new ServiceNode(spec, seed, scenario.environment(), platform);
        if (spec.consumes() != null) {
            Objects.requireNonNull(backends.get(spec.consumes().from()))
                    .subscribers
                    .add(node);
        }
        return node;
    }

    /** Lets the world move on to this many nanoseconds after its start. */
    public void advanceTo(long nanosSinceStart) {
        agenda.advanceTo(nanosSinceStart);
    }

    /** Begins to count, from now on, what happens in each service. */
    public Census census() {
        return new Census(this);
    }

    /** The count of requests of each service, now. */
    public Map<String, Tally> tallies() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        services.forEach((name, node) -> tallies.put(name, node.tally()));
        return tallies;
    }

    String spanId(ServiceNode service) {
        return Phrase.hex(service.ids.random(), 16);
    }

    long epoch(long nanosSinceStart) {
        return startNanos + nanosSinceStart;
    }

    long nowEpoch() {
        return epoch(agenda.now());
    }

    String iso() {
        return Instant.ofEpochMilli(nowEpoch() / 1_000_000).toString();
    }

    void emit(Signal signal) {
        out.accept(signal);
    }

    void say(Visit visit, Level level, String part, String message, @Nullable Failure failure) {
        say(visit.instance, visit.resource, level, part, message, failure, visit.trace);
    }

    void say(
            Instance instance,
            Resource resource,
            Level level,
            String part,
            String message,
            @Nullable Failure failure,
            @Nullable Trace trace) {
        String traceId = trace == null ? null : trace.traceId();
        String spanId = trace == null ? null : trace.spanId();
        emit(instance.service.speaker.say(new Moment(
                resource, nowEpoch() + instance.clockOffset(), level, part, message, failure, traceId, spanId)));
    }

    void access(Visit visit, int status, double seconds) {
        var moment = new Moment(
                visit.resource, nowEpoch() + visit.instance.clockOffset(), Level.INFO, "access", "", null, null, null);
        emit(visit.service.speaker.access(moment, visit.operation.name(), status, seconds));
    }

    void span(
            Visit visit,
            Trace trace,
            String name,
            Signal.Span.Kind kind,
            long started,
            long ended,
            boolean error,
            @Nullable String message,
            Map<String, Object> attributes,
            Map<String, Object> exception) {
        long clock = visit.instance.clockOffset();
        emit(new Signal.Span(
                visit.resource,
                trace.traceId(),
                trace.spanId(),
                trace.parentId(),
                name,
                kind,
                epoch(started) + clock,
                epoch(ended) + clock,
                error,
                message,
                attributes,
                exception));
    }
}
