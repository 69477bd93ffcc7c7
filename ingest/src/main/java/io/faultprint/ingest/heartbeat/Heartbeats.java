package io.faultprint.ingest.heartbeat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a second how far a live door has come. A door that closes says nothing final: a restart is expected, and
 * "data ended" would turn the outage of a lone door into a planned end that nobody is alarmed about.
 */
public final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final LongSupplier watermark;
    private final LongConsumer sink;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param sink says to everybody how far the door has come, epoch milliseconds
     */
    public Heartbeats(Watermark watermark, LongConsumer sink) {
        this(watermark::now, sink);
    }

    /** The same for a door that knows by itself how far it has come. */
    public Heartbeats(LongSupplier watermark, LongConsumer sink) {
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
            sink.accept(watermark.getAsLong());
        } catch (RuntimeException e) {
            LOG.error("a heartbeat could not be sent; the next one follows", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
