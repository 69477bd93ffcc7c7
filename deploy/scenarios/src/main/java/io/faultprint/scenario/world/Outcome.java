package io.faultprint.scenario.world;

import io.faultprint.scenario.voice.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param status the HTTP status; 0 when there was no answer
 * @param failure what went wrong; null for 1 to 499
 */
record Outcome(int status, @Nullable Failure failure) {

    static final Outcome OK = new Outcome(200, null);

    static Outcome failed(Failure failure) {
        return new Outcome(0, failure);
    }

    boolean ok() {
        return failure == null && status < 400;
    }
}
