package io.faultprint.ingest.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may be on their way at once; who does not fit is sent away at once instead of waiting. */
final class ByteBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long limit) {
        this.limit = limit;
    }

    long used() {
        return used.get();
    }

    Claim claim() {
        return new Claim();
    }

    /** What one request holds of it. Closed once, when the request is answered; more than that changes nothing. */
    final class Claim implements AutoCloseable {

        private long held;
        private boolean tooLarge;
        private boolean closed;

        /** False when so much is not free; then nothing is taken. */
        synchronized boolean take(long bytes) {
            if (closed || used.addAndGet(bytes) > limit) {
                used.addAndGet(closed ? 0 : -bytes);
                tooLarge = held + bytes > limit;
                return false;
            }
            held += bytes;
            return true;
        }

        synchronized void give(long bytes) {
            if (!closed) {
                held -= bytes;
                used.addAndGet(-bytes);
            }
        }

        /** Whether the last thing that was refused would be refused even if nobody else were here. */
        synchronized boolean tooLarge() {
            return tooLarge;
        }

        @Override
        public synchronized void close() {
            give(held);
            closed = true;
        }
    }
}
