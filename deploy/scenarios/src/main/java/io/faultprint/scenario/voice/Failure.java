package io.faultprint.scenario.voice;

/**
 * Why an operation or a call did not go well, before any language has put it into words.
 *
 * @param kind what happened
 * @param peer the service or backend it happened with, or the service itself
 * @param operation what was asked for
 * @param detail a number that belongs to the kind: milliseconds waited, a status, the size of a pool
 */
public record Failure(Kind kind, String peer, String operation, long detail) {

    /** What can go wrong in the world. */
    public enum Kind {
        /** No answer in time from a service or an outside provider. */
        TIMEOUT,
        /** No answer in time from a database. */
        QUERY_TIMEOUT,
        /** Nobody listens there. */
        REFUSED,
        /** The other side died while working. */
        RESET,
        /** The other side answered with a status of 500 or more. */
        UPSTREAM,
        /** Every worker is busy and the backlog is full. */
        OVERLOADED,
        /** No database connection was free in time. */
        POOL_EMPTY,
        /** The name does not resolve. */
        UNKNOWN_HOST,
        /** A mistake in the code. */
        BUG,
        /** No memory left. */
        OUT_OF_MEMORY,
        /** Data that the code does not understand. */
        BAD_DATA,
        /** A mistake on a path that a flag opened. */
        FLAGGED_BUG,
        /** No space left on a device, of a database or of the service itself. */
        DISK_FULL,
        /** A device cannot be read. */
        DEVICE,
        /** A name could not be resolved this time. */
        DNS,
        /** The certificate of the other side is no longer valid. */
        CERTIFICATE,
        /** The other side did not accept the caller's token. */
        UNAUTHORIZED,
        /** The other side allows no more calls for now. */
        THROTTLED,
        /** No connection in time: nothing comes back from there. */
        UNREACHABLE,
        /** Not even tried, since too many calls have failed before. */
        CIRCUIT_OPEN,
        /** A message that cannot be read. */
        POISON,
        /** The process cannot start. */
        STARTUP
    }
}
