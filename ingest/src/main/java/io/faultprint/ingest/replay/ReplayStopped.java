package io.faultprint.ingest.replay;

/** Somebody interrupted the replay while it waited for its readers. */
public final class ReplayStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplayStopped() {
        super("the replay was interrupted");
    }
}
