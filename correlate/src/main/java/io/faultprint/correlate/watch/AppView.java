package io.faultprint.correlate.watch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one Streams application stands, as seen from outside.
 *
 * @param name {@code signals} or {@code incidents}
 * @param running whether it has its partitions and their state
 * @param failure what ended it; null while it lives
 * @param lag records not fetched yet, by partition as {@code logs-0}
 * @param committed the offset up to which each partition is settled
 * @param restoring records still to be read back, by store; empty when nothing is being restored
 * @param restored records read back so far, by store
 */
public record AppView(
        String name,
        boolean running,
        @Nullable String failure,
        Map<String, Long> lag,
        Map<String, Long> committed,
        Map<String, Long> restoring,
        Map<String, Long> restored) {}
