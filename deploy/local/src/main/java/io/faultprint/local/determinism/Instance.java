package io.faultprint.local.determinism;

import io.faultprint.runtime.Health;

/** One instance of correlate. */
interface Instance extends AutoCloseable {

    Health health();

    /** Ends it as it asks to be ended. */
    @Override
    void close();

    /** Ends it as machines die: no goodbye, a transaction left open. */
    void kill();
}
