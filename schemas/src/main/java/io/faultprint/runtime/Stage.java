package io.faultprint.runtime;

/**
 * One stage of Faultprint as an object: built from its configuration without touching anything, started once, asked
 * how it is, closed once. Production, tests and local mode run the same object.
 */
public interface Stage extends AutoCloseable {

    /**
     * Connects and begins to work; returns when the stage can accept work.
     *
     * @throws UsageError when what the user configured cannot work (a port in use, topics of another shape)
     */
    void start();

    /** How the stage is now; never blocks and never throws. */
    Health check();

    /** Finishes what was accepted, flushes, and releases everything; safe to call twice and before {@link #start}. */
    @Override
    void close();
}
