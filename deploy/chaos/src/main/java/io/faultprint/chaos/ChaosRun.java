package io.faultprint.chaos;

import io.faultprint.chaos.fault.Faults;
import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Load;
import io.faultprint.chaos.oracle.Finding;
import io.faultprint.chaos.oracle.Oracle;
import io.faultprint.chaos.oracle.SecondReading;
import io.faultprint.chaos.plan.Fault;
import io.faultprint.chaos.plan.Planned;
import io.faultprint.chaos.world.Exit;
import io.faultprint.chaos.world.World;
import io.faultprint.chaos.world.WorldSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run: everything is started, loaded and disturbed; then it is left in peace until it has caught up, and judged. */
public final class ChaosRun {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 1_000;

    /** What Java ends with when a heap is full and it was told to exit for it. */
    private static final int OUT_OF_MEMORY = 3;

    private final WorldSettings world;
    private final ChaosSettings settings;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * @param progress hears what happens, a line at a time
     */
    public ChaosRun(WorldSettings world, ChaosSettings settings, InstantSource clock, Consumer<String> progress) {
        this.world = world;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
    }

    /** Runs it to its end. */
    public ChaosReport run() throws InterruptedException, IOException {
        long begin = System.nanoTime();
        try (World running = new World(world, settings.seed());
                Load load = new Load(running.door(), settings.seed(), settings.perSecond(), clock)) {
            say(begin, "servers are up; stages start");
            awaitReady(running);
            Memory memory = new Memory(running.slots(), running.admins(), world.heapMegabytes());
            Endings endings = new Endings();
            Faults faults = new Faults(running, load);
            Map<String, Integer> done = new TreeMap<>();
            load.start();
            say(begin, "all stages are ready, %d events a second".formatted(settings.perSecond()));
            try (Oracle oracle = new Oracle(running, load.book())) {
                disturb(begin, faults, done, memory, endings, oracle);
                say(begin, "left in peace: " + load.book().made(Book.Kind.LOGS) + " lines so far");
                List<Finding> findings = settle(load, oracle, faults);
                findings.add(memory.judge(outOfMemory(running)));
                findings.add(endings.judge(exits(running)));
                findings.add(senders(load));
                if (settings.secondReading()) {
                    say(begin, "an undisturbed correlate reads the same log");
                    findings.add(new SecondReading(running).look());
                }
                say(begin, "judged");
                return new ChaosReport(settings.seed(), done, findings, oracle.incidents(), oracle.diagnoses());
            }
        }
    }

    private void awaitReady(World running) throws InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        Readiness readiness = new Readiness(running.admins());
        while (!readiness.all()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "the stages were not ready within " + START.toSeconds() + " s: " + readiness.waitedFor()
                                + "; their logs are in " + world.directory().resolve("log"));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void disturb(
            long begin, Faults faults, Map<String, Integer> done, Memory memory, Endings endings, Oracle oracle)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + settings.length().toNanos();
        for (Planned planned : settings.timetable()) {
            if (rest(planned.after(), end, memory)) {
                break;
            }
            say(begin, planned.fault().word() + ": " + planned.fault().about());
            done.merge(planned.fault().word(), 1, Integer::sum);
            long from = System.nanoTime();
            faults.happen(planned, time -> rest(time, Long.MAX_VALUE, memory));
            endings.happened(planned.fault(), from, System.nanoTime());
            if (!planned.lasts().isZero()) {
                say(begin, planned.fault().word() + " is over");
            }
        }
        rest(Duration.ofNanos(Math.max(0, end - System.nanoTime())), end, memory);
        oracle.read();
    }

    /** Waits, and watches the memory meanwhile; true when the run's time is over. */
    private static boolean rest(Duration time, long end, Memory memory) throws InterruptedException {
        long until = Math.min(end, System.nanoTime() + time.toNanos());
        while (System.nanoTime() < until) {
            memory.look();
            long left = (until - System.nanoTime()) / 1_000_000;
            Thread.sleep(Math.max(1, Math.min(left, 3 * LOOK_MILLIS)));
        }
        return System.nanoTime() >= end;
    }

    /** Lets everything come to rest, and says what then still does not hold. */
    private List<Finding> settle(Load load, Oracle oracle, Faults faults) throws InterruptedException {
        long until = System.nanoTime() + DRAIN.toNanos();
        while (!load.drained() && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
        }
        // Two windows more than needed, so that the counts of the last events have come with a tick.
        long target = WorldSettings.WINDOWS.endOf(clock.millis()) + 2 * WorldSettings.WINDOWS.sizeMillis();
        while (oracle.closedUpTo() < target && System.nanoTime() < until) {
            oracle.read();
            Thread.sleep(LOOK_MILLIS);
        }
        List<Finding> findings = oracle.judge(faults.poison(), faults.diagnoseLost(), callsPerAttempt());
        while (!findings.stream().allMatch(Finding::holds) && System.nanoTime() < until) {
            Thread.sleep(5 * LOOK_MILLIS);
            oracle.read();
            findings = oracle.judge(faults.poison(), faults.diagnoseLost(), callsPerAttempt());
        }
        List<Finding> all = new ArrayList<>();
        all.add(new Finding(
                "everything comes to rest",
                oracle.closedUpTo() >= target,
                oracle.closedUpTo() >= target
                        ? "%d s after the last event"
                                .formatted((DRAIN.toNanos() - until + System.nanoTime()) / 1_000_000_000)
                        : "windows are closed up to %d, not %d, after %d s"
                                .formatted(oracle.closedUpTo(), target, DRAIN.toSeconds())));
        all.addAll(findings);
        return all;
    }

    /** Retries are one attempt's: a model that fails is asked up to {@code model.attempts} times. */
    private int callsPerAttempt() {
        return settings.timetable().stream().anyMatch(planned -> planned.fault().group() == Fault.Group.MODEL) ? 3 : 1;
    }

    private static List<String> outOfMemory(World running) {
        return exits(running).stream()
                .filter(exit -> exit.code() == OUT_OF_MEMORY)
                .map(exit -> exit.stage() + " ran out of memory")
                .toList();
    }

    private static List<Exit> exits(World running) {
        return running.slots().stream().flatMap(slot -> slot.exits().stream()).toList();
    }

    private static Finding senders(Load load) {
        return new Finding(
                "senders always get an answer they can use",
                load.problems().isEmpty(),
                load.problems().isEmpty()
                        ? "the slowest took %d ms; %,d events were given up by full queues"
                                .formatted(load.slowestMillis(), load.givenUp())
                        : String.join("; ", load.problems()));
    }

    private void say(long begin, String what) {
        progress.accept("%5.1f s  %s".formatted((System.nanoTime() - begin) / 1e9, what));
    }
}
