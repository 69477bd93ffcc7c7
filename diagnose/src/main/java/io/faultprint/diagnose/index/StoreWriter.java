package io.faultprint.diagnose.index;

import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store on a thread of its own. A request may take as long as its timeout, a batch is several requests, and a
 * consumer that does not ask Kafka for five minutes is thrown out of its group: then the same batch would go round and
 * round between members.
 */
final class StoreWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    private final IncidentStore store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "diagnose-store");
        made.setDaemon(true);
        return made;
    });

    StoreWriter(IncidentStore store) {
        this.store = store;
    }

    /**
     * What was asked for, or why it cannot be had now.
     *
     * @param trouble empty when the documents are what was asked for
     */
    record Looked(List<Document> documents, String trouble) {}

    /** The rows that these change. */
    Future<Looked> rows(List<Incident> incidents, List<Diagnosis> diagnoses) {
        return thread.submit(() -> {
            try {
                return new Looked(store.rows(incidents, diagnoses), "");
            } catch (StoreUnavailable e) {
                return new Looked(List.of(), String.valueOf(e.getMessage()));
            }
        });
    }

    /** Why the store cannot be set up now; empty when it is. */
    Future<Optional<String>> prepare() {
        return thread.submit(() -> {
            try {
                store.prepare();
                return Optional.empty();
            } catch (StoreUnavailable e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    /** One outcome for each document, in their order. */
    Future<List<Outcome>> write(List<Document> documents) {
        return thread.submit(() -> store.write(documents));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a request to the store did not end within 5 s of being broken off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
