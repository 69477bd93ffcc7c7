package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where claims are worked on, away from the thread that reads Kafka. Bounded: whoever brings a claim asks for {@link
 * #room} first. Results wait here until that thread takes them.
 */
final class Desk implements AutoCloseable {

    /** A claim with what became of it. */
    record Result(Diagnosis claim, Diagnosis settled) {}

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Consultation consultation;
    private final int places;
    private final ExecutorService threads;
    private final Map<String, Diagnosis> running = new ConcurrentHashMap<>();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();

    Desk(Consultation consultation, int threads, int places) {
        this.consultation = consultation;
        this.places = places;
        this.threads = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "diagnose-desk");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many more claims may be brought now. */
    int room() {
        return Math.max(0, places - running.size());
    }

    boolean running(Diagnosis claim) {
        Diagnosis at = running.get(ClaimLedger.keyOf(claim));
        return at != null && at.getGeneration() == claim.getGeneration() && at.getAttempt() == claim.getAttempt();
    }

    int claims() {
        return running.size();
    }

    void bring(Diagnosis claim) {
        running.put(ClaimLedger.keyOf(claim), claim);
        threads.execute(() -> work(claim));
    }

    /** A result, which stays counted as running until {@link #done}. */
    Optional<Result> take() {
        return Optional.ofNullable(results.poll());
    }

    void putBack(Result result) {
        results.add(result);
    }

    void done(Result result) {
        running.remove(ClaimLedger.keyOf(result.claim()), result.claim());
    }

    private void work(Diagnosis claim) {
        try {
            results.add(new Result(claim, consultation.settle(claim)));
        } catch (InterruptedException e) {
            // We are being closed: the claim stays in the topic, and is carried on after the next start.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the diagnosis of {} failed by a defect of ours", ClaimLedger.keyOf(claim), e);
            results.add(new Result(claim, Settled.failed(claim, "No diagnosis: a defect in the engine (" + e + ").")));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a diagnosis did not end within 5 s of being told to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
