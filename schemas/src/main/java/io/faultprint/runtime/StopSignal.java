package io.faultprint.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * SIGTERM or SIGINT, as a question that the main thread can ask. A signal is how a long-lived process is meant to end,
 * so a clean stop must not look like a death by signal (143): once the main thread has said {@link #ended}, the process
 * halts with that code.
 */
public final class StopSignal implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Duration deadline;
    private final Thread hook = new Thread(this::onSignal, "stop");

    /**
     * Listens from now on.
     *
     * @param deadline how long the main thread may take from the signal to {@link #ended}; then the process halts
     */
    public StopSignal(Duration deadline) {
        this.deadline = deadline;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for the signal, at most this long; true when it has come. */
    public boolean await(Duration patience) throws InterruptedException {
        return asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the signal has come. */
    public boolean asked() {
        return asked.getCount() == 0;
    }

    /** Everything is closed; this is the exit code. */
    public void ended(int code) {
        ended.complete(code);
    }

    /** Stops listening. */
    @Override
    public void close() {
        if (!asked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void onSignal() {
        asked.countDown();
        try {
            Runtime.getRuntime().halt(ended.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            System.err.println("faultprint: did not stop within " + deadline.toSeconds() + " s");
            Runtime.getRuntime().halt(ExitCode.FAILURE);
        }
    }
}
