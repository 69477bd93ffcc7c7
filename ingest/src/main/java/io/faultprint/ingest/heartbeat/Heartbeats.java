package io.faultprint.ingest.heartbeat;

import io.faultprint.event.Heartbeat;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a second how far a live door has come. A door that closes says nothing final: a restart is expected, and
 * "data ended" would turn the outage of a lone door into a planned end that nobody is alarmed about.
 */
public final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final Watermark watermark;
    private final Consumer<Heartbeat> sink;
    private final String door;
    private final long epoch;
    private final long coveredFrom;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param coveredFrom from when on this door has seen everything: the start of this epoch, epoch milliseconds. What
     *     was sent while it was down may have been given up by its sender, so the time before stays uncovered.
     */
    public Heartbeats(String door, long epoch, long coveredFrom, Watermark watermark, Consumer<Heartbeat> sink) {
        this.door = door;
        this.epoch = epoch;
        this.coveredFrom = coveredFrom;
        this.watermark = watermark;
        this.sink = sink;
    }

    /** Beats at once and then with this period. */
    @SuppressWarnings("FutureReturnValueIgnored") // a beat never throws
    public void start(Duration period) {
        timer.scheduleAtFixedRate(this::beat, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    // A task that throws is never run again, and a door without heartbeats blinds everything behind it.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void beat() {
        try {
            sink.accept(next());
        } catch (RuntimeException e) {
            LOG.error("a heartbeat of {} could not be sent; the next one follows", door, e);
        }
    }

    Heartbeat next() {
        return new Heartbeat(door, epoch, coveredFrom, watermark.now(), false, false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
