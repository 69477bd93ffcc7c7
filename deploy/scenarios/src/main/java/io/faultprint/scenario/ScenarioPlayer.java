package io.faultprint.scenario;

import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.world.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario in real time: once a second, every service's telemetry of that second is sent over OTLP/HTTP as a
 * collector would send it, and changes go to {@code /v1/changes}. Ends when the timetable does, or when stopped.
 */
public final class ScenarioPlayer implements AutoCloseable {

    private static final long BEAT_NANOS = 1_000_000_000L;

    private final Scenario scenario;
    private final Timetable timetable;
    private final long lengthNanos;
    private final InstantSource clock;
    private final Listener listener;
    private final Sender sender;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private @Nullable Thread thread;

    /** Told when faults begin and end, on the player's thread. For people who watch; detectors must not listen. */
    public interface Listener {

        /** A fault began. */
        default void began(PlannedFault fault) {}

        /** A fault ended. */
        default void ended(PlannedFault fault) {}
    }

    /**
     * A player that has not started.
     *
     * @param scenario the system
     * @param settings seed, faults and rates
     * @param runSeconds how long it plays; innocent changes are drawn for this long. 0 plays until the last fault has
     *     ended and a gap has passed
     * @param door where Faultprint listens, such as {@code http://127.0.0.1:4318}
     * @param clock real time
     * @param listener told of faults
     */
    public ScenarioPlayer(
            Scenario scenario, Settings settings, int runSeconds, URI door, InstantSource clock, Listener listener) {
        this.scenario = scenario;
        Timetable faults = Timetable.draw(scenario, settings, 0);
        long lengthMs = runSeconds > 0 ? runSeconds * 1000L : (faults.endMs() + 999) / 1000 * 1000;
        this.timetable = Timetable.draw(scenario, settings, lengthMs).until(lengthMs);
        this.lengthNanos = lengthMs * 1_000_000;
        this.clock = clock;
        this.listener = listener;
        this.sender = new Sender(door);
    }

    /** What will happen. */
    public Timetable timetable() {
        return timetable;
    }

    /** Starts to play; returns at once. */
    public void start() {
        var playing = new Thread(this::play, "scenario-player");
        playing.setDaemon(true);
        thread = playing;
        playing.start();
    }

    /** Waits for the end of the play; false when it is still playing after this long. */
    public boolean await(Duration atMost) throws InterruptedException {
        if (thread == null) {
            throw new IllegalStateException("the player has not been started");
        }
        thread.join(atMost.toMillis());
        return !thread.isAlive();
    }

    /** What has been acknowledged, refused, given up and not yet sent so far. */
    public Deliveries deliveries() {
        return sender.deliveries();
    }

    /** Stops playing, gives what is queued a few seconds to be sent, and counts the rest as dropped. */
    @Override
    public void close() {
        stopping.countDown();
        if (thread != null) {
            try {
                thread.join(2000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        sender.close();
    }

    private void play() {
        Instant start = clock.instant();
        var world = new World(scenario, timetable, start, this::collect, listener::began, listener::ended);
        try {
            for (long nanos = BEAT_NANOS; nanos <= lengthNanos; nanos += BEAT_NANOS) {
                long wait = Duration.between(clock.instant(), start.plusNanos(nanos))
                        .toMillis();
                if (stopping.await(Math.max(0, wait), TimeUnit.MILLISECONDS)) {
                    return;
                }
                world.advanceTo(nanos);
                batches.forEach((service, batch) -> sender.offer(service, batch));
                batches.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect(Signal signal) {
        batches.computeIfAbsent(signal.service(), service -> new Batch()).add(signal);
    }
}
