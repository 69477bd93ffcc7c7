package io.faultprint.scenario.truth;

import java.util.Locale;

/**
 * Where and from when a fault shows.
 *
 * @param service which service
 * @param what in what
 * @param fromMs since when, milliseconds from the start of the run
 */
public record Sign(String service, What what, long fromMs) {

    /** In what a fault can show. */
    public enum What {
        /** Requests that fail. */
        ERRORS,
        /** Answers that take longer. */
        LATENCY,
        /** More requests than there would be. */
        LOAD,
        /** Fewer requests than there would be. */
        LESS,
        /** None where there would be some. */
        SILENCE,
        /** Messages that wait. */
        QUEUE,
        /** Memory in use. */
        MEMORY,
        /** Cores taken by something other than work. */
        CPU,
        /** Connections in use. */
        CONNECTIONS,
        /** Processes that start. */
        RESTARTS,
        /** A clock that is off. */
        CLOCK;

        /** As the truth writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
