package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where claims are worked on, away from the thread that reads Kafka. Bounded: whoever brings a claim asks for {@link
 * #room} first. Results wait here until that thread takes them.
 */
final class Desk implements AutoCloseable {

    /** A claim with what became of it, and the partition that it is from. */
    record Result(int partition, Diagnosis claim, Diagnosis settled) {}

    private record Work(int partition, Diagnosis claim, Future<?> running) {}

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Consultation consultation;
    private final int places;
    private final ExecutorService threads;
    private final Map<String, Work> running = new ConcurrentHashMap<>();
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
        Work at = running.get(ClaimLedger.keyOf(claim));
        return at != null && same(at.claim(), claim);
    }

    int claims() {
        return running.size();
    }

    void bring(int partition, Diagnosis claim) {
        Work before = running.put(
                ClaimLedger.keyOf(claim), new Work(partition, claim, threads.submit(() -> work(partition, claim))));
        if (before != null) {
            before.running().cancel(true);
        }
    }

    /** Stops work on claims of other partitions than these: they have another owner now, who will pay for them. */
    void keep(Set<Integer> partitions) {
        running.values().removeIf(work -> {
            boolean lost = !partitions.contains(work.partition());
            if (lost) {
                LOG.info("{}: no longer ours to diagnose", ClaimLedger.keyOf(work.claim()));
                work.running().cancel(true);
            }
            return lost;
        });
        results.removeIf(result -> !partitions.contains(result.partition()));
    }

    /** A result, which stays counted as running until {@link #done}. */
    Optional<Result> take() {
        return Optional.ofNullable(results.poll());
    }

    void putBack(Result result) {
        results.add(result);
    }

    void done(Result result) {
        running.computeIfPresent(
                ClaimLedger.keyOf(result.claim()), (key, work) -> same(work.claim(), result.claim()) ? null : work);
    }

    private static boolean same(Diagnosis one, Diagnosis other) {
        return one.getGeneration() == other.getGeneration() && one.getAttempt() == other.getAttempt();
    }

    private void work(int partition, Diagnosis claim) {
        try {
            results.add(new Result(partition, claim, consultation.settle(claim)));
        } catch (InterruptedException e) {
            // We are being closed, or the claim is no longer ours: it stays in the topic, and is carried on from there.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.error("the diagnosis of {} failed by a defect of ours", ClaimLedger.keyOf(claim), e);
            String why = "No diagnosis: a defect in the engine (" + e + ").";
            results.add(new Result(partition, claim, Settled.failed(claim, why)));
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
