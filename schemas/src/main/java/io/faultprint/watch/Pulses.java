package io.faultprint.watch;

import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.settings.PulseSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pulse of one instance: asks once a second what it sees, and says so at each change and every few seconds. That
 * Kafka takes nothing it finds out by itself; then nobody hears it but the instance's own metrics and health, and to all
 * others its silence is the alarm.
 */
public final class Pulses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulses.class);

    private final Who who;
    private final String run;
    private final PulseSettings settings;
    private final Supplier<Sight> sight;
    private final PulseSink sink;
    private final InstantSource clock;
    private final PulseMeters meters;
    private final long started;
    private final String version = Who.version();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pulse");
        thread.setDaemon(true);
        return thread;
    });

    private volatile long heard;
    private volatile String refusal = "";
    private volatile @Nullable Pulse latest;
    private long sent;
    private boolean closed;

    /**
     * Makes the pulse; it begins to beat with {@link #start}.
     *
     * @param run the run's id
     * @param sight asked about once a second, on the pulse's thread; must not block for long
     * @param sink closed with the pulse
     */
    public Pulses(
            Who who,
            String run,
            PulseSettings settings,
            Supplier<Sight> sight,
            PulseSink sink,
            InstantSource clock,
            MeterRegistry registry) {
        this.who = who;
        this.run = run;
        this.settings = settings;
        this.sight = sight;
        this.sink = sink;
        this.clock = clock;
        this.started = clock.millis();
        this.heard = started;
        this.meters = new PulseMeters(registry, who, run, version, started, () -> latest);
    }

    /** Beats from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look never throws
    public Pulses start() {
        long period = Math.min(1_000, settings.every().toMillis());
        timer.scheduleWithFixedDelay(this::lookSafely, 0, period, TimeUnit.MILLISECONDS);
        return this;
    }

    /** What was last found; null before the first look. */
    public @Nullable Pulse latest() {
        return latest;
    }

    /** The first reason not to see, in words; empty while all is seen. */
    public String trouble() {
        Pulse now = latest;
        return now == null || now.getReasons().isEmpty()
                ? ""
                : now.getReasons().get(0).getMessage();
    }

    // A task that throws is never run again, and a stage that says nothing is taken for dead.
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("a pulse could not be made; the next one follows", e);
        }
    }

    synchronized void look() {
        if (closed) {
            return;
        }
        Sight now = see();
        long silent = clock.millis() - heard;
        if (silent > settings.blindAfter().toMillis()) {
            String why = refusal.isEmpty() ? "" : " (" + refusal + ")";
            now = now.with(new PulseReason(
                    PulseCause.KAFKA_AWAY,
                    "kafka",
                    heard,
                    "Kafka has acknowledged nothing for " + silent / 1_000 + " s" + why));
        }
        tell(now, now.state());
    }

    private Sight see() {
        try {
            return sight.get();
        } catch (RuntimeException e) {
            LOG.error("{} cannot say what it sees", who.stage(), e);
            PulseReason defect =
                    new PulseReason(PulseCause.FAILED, who.stage(), clock.millis(), "it cannot say what it sees: " + e);
            return new Sight(List.of(defect), null, 0, 0);
        }
    }

    private void tell(Sight now, PulseState state) {
        long at = clock.millis();
        Pulse before = latest;
        boolean change = before == null || before.getState() != state;
        Pulse pulse = new Pulse(
                who.stage(),
                who.instance(),
                run,
                at,
                settings.every().toMillis(),
                state,
                before != null && before.getState() == state ? before.getSince() : at,
                now.reasons(),
                now.watermark(),
                now.lag(),
                now.openWindows(),
                version,
                started,
                who.configuration());
        latest = pulse;
        if (change) {
            log(pulse);
        }
        if (before == null
                || change
                || !causes(before).equals(causes(pulse))
                || at - sent >= settings.every().toMillis()) {
            sent = at;
            sink.send(pulse, this::answered);
        }
    }

    private static List<String> causes(Pulse pulse) {
        return pulse.getReasons().stream()
                .map(reason -> reason.getCause() + " " + reason.getWhat())
                .toList();
    }

    private void answered(@Nullable Exception problem) {
        meters.answered(problem == null);
        if (problem == null) {
            heard = clock.millis();
            refusal = "";
        } else {
            refusal = problem.toString();
        }
    }

    private static void log(Pulse pulse) {
        List<String> why =
                pulse.getReasons().stream().map(PulseReason::getMessage).toList();
        if (pulse.getState() == PulseState.BLIND) {
            LOG.warn("{} is blind: {}", pulse.getStage(), String.join("; ", why));
        } else {
            LOG.info("{}: {} {}", pulse.getStage(), pulse.getState(), String.join("; ", why));
        }
    }

    /** Says that the instance stops in good order, and is silent from then on. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (!closed) {
                closed = true;
                Pulse before = latest;
                if (before != null) {
                    tell(new Sight(List.of(), before.getWatermark(), before.getLag(), 0), PulseState.STOPPED);
                }
                sink.close();
                meters.close();
            }
        }
    }
}
