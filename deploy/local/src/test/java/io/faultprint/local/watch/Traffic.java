package io.faultprint.local.watch;

import java.util.concurrent.atomic.AtomicLong;

/** A service that logs without pause, and counts what was acknowledged. */
final class Traffic implements AutoCloseable {

    private static final int LINES = 5;
    private static final long PAUSE_MILLIS = 100;

    private final IngestProcess ingest;
    private final AtomicLong acknowledged = new AtomicLong();
    private final Object turn = new Object();
    private final Thread thread = new Thread(this::run, "traffic");
    private boolean flows = true;
    private boolean over;

    Traffic(IngestProcess ingest) {
        this.ingest = ingest;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            synchronized (turn) {
                if (over) {
                    return;
                }
                if (flows && ingest.send(LINES)) {
                    acknowledged.addAndGet(LINES);
                }
                try {
                    turn.wait(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** No request is on its way when this returns. */
    void pause() {
        synchronized (turn) {
            flows = false;
        }
    }

    void resume() {
        synchronized (turn) {
            flows = true;
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        synchronized (turn) {
            over = true;
            turn.notifyAll();
        }
    }
}
