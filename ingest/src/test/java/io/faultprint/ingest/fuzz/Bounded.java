package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Holds what is fuzzed to a bound in time and memory that grows with the length of its input, and no faster. Both are
 * far above what a sound reader needs (the slowest kept input needs a tenth), and far below what a quadratic one does.
 */
final class Bounded {

    private static final long MEMORY = 16L << 20;
    private static final long MEMORY_PER_BYTE = 16 << 10;
    private static final long NANOS = Duration.ofMillis(500).toNanos();
    private static final long NANOS_PER_BYTE = 5_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounded() {}

    /** Runs it on this thread; its own failures pass through. What exceeds is tried again: the first may load classes. */
    static void run(int inputBytes, Runnable work) {
        Cost limit = new Cost(MEMORY + inputBytes * MEMORY_PER_BYTE, NANOS + inputBytes * NANOS_PER_BYTE);
        Cost cost = Cost.of(work);
        if (cost.exceeds(limit)) {
            cost = Cost.of(work);
        }
        assertThat(cost.exceeds(limit))
                .as("an input of %d bytes costs %s where %s is allowed", inputBytes, cost, limit)
                .isFalse();
    }

    private record Cost(long bytes, long nanos) {

        static Cost of(Runnable work) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long began = THREADS.getCurrentThreadCpuTime();
            work.run();
            return new Cost(
                    THREADS.getCurrentThreadAllocatedBytes() - allocated, THREADS.getCurrentThreadCpuTime() - began);
        }

        boolean exceeds(Cost limit) {
            return bytes > limit.bytes || nanos > limit.nanos;
        }
    }
}
