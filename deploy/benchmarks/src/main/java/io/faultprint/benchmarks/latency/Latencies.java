package io.faultprint.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;

/** Latencies of one round, in milliseconds. Safe for many threads. */
final class Latencies {

    private final List<Double> millis = new ArrayList<>();

    synchronized void add(double latency) {
        millis.add(latency);
    }

    synchronized boolean isEmpty() {
        return millis.isEmpty();
    }

    /**
     * The nearest-rank percentile: the least latency that this part of all do not exceed. A part of 1 gives the greatest.
     *
     * @param part above 0, at most 1
     */
    synchronized double percentile(double part) {
        List<Double> sorted = millis.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("no latency was measured");
        }
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
