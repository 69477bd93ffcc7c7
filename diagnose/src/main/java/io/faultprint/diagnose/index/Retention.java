package io.faultprint.diagnose.index;

import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes dated indices that are older than they need to be, once an hour. */
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final IncidentStore store;
    private final Duration keep;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "diagnose-retention");
        thread.setDaemon(true);
        return thread;
    });

    public Retention(IncidentStore store, Duration keep, InstantSource clock) {
        this.store = store;
        this.keep = keep;
        this.clock = clock;
    }

    public void start() {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::run, 1, 60, TimeUnit.MINUTES);
    }

    /** Deletes what is too old now. */
    List<String> run() {
        LocalDate first = LocalDate.ofInstant(clock.instant().minus(keep), ZoneOffset.UTC);
        try {
            List<String> deleted = store.deleteBefore(first);
            if (!deleted.isEmpty()) {
                LOG.info("deleted {} indices from before {}: {}", deleted.size(), first, deleted);
            }
            return deleted;
        } catch (StoreUnavailable e) {
            LOG.info("old indices are deleted at the next hour: {}", e.getMessage());
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
