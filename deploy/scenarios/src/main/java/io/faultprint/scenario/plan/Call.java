package io.faultprint.scenario.plan;

import org.jspecify.annotations.Nullable;

/**
 * One outgoing call of an operation; calls are made one after the other.
 *
 * @param to a service or a backend
 * @param operation what is asked of it
 * @param timeoutMs after this long the caller gives up, while the callee works on
 * @param retries how often a failed call is tried again
 * @param optional whether the operation goes on without an answer
 * @param share how often the call is made at all, 0 to 1
 * @param hitRatio of a cache: how often it has the answer, so that {@code otherwise} is not needed
 * @param otherwise the call made on a miss
 * @param breaker keeps calls back once too many have failed, or null
 */
public record Call(
        String to,
        String operation,
        int timeoutMs,
        int retries,
        boolean optional,
        double share,
        double hitRatio,
        @Nullable Call otherwise,
        @Nullable Breaker breaker) {

    /** Whether it needs space on the disk of a database. */
    public boolean writes() {
        return operation.startsWith("INSERT ") || operation.startsWith("UPDATE ") || operation.startsWith("DELETE ");
    }
}
