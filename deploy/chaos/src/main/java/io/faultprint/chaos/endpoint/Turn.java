package io.faultprint.chaos.endpoint;

import java.time.Duration;

/** The mode that is on now. Whoever is being slow in one wakes up when another one comes, or when all ends. */
final class Turn<M> {

    private M mode;
    private boolean over;

    Turn(M mode) {
        this.mode = mode;
    }

    synchronized M now() {
        return mode;
    }

    synchronized void set(M next) {
        mode = next;
        notifyAll();
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Waits this long, or until this mode is over. */
    void rest(M during, Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        synchronized (this) {
            for (long left = time.toMillis();
                    left > 0 && !over && mode.equals(during);
                    left = (until - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        }
    }

    /** Waits until this mode is over. */
    void rest(M during) throws InterruptedException {
        synchronized (this) {
            while (!over && mode.equals(during)) {
                wait();
            }
        }
    }
}
