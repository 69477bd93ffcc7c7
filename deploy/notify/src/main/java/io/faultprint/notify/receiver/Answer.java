package io.faultprint.notify.receiver;

import java.time.Duration;
import java.util.Optional;

/** What came of one request. */
sealed interface Answer {

    /** The receiver has it: 2xx. */
    record Taken() implements Answer {}

    /** The receiver will never take this one: most of 4xx. */
    record Refused(String why) implements Answer {}

    /**
     * It may take it later.
     *
     * @param failing true when the receiver answered with an error of its own (5xx), which may be this notification's fault
     * @param after when it asks to be left alone for so long
     */
    record Away(String why, boolean failing, Optional<Duration> after) implements Answer {}
}
