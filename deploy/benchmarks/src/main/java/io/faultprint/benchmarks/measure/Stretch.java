package io.faultprint.benchmarks.measure;

/**
 * A stretch of work.
 *
 * @param events that were worked on
 * @param seconds it took
 * @param cpuSeconds that this process spent meanwhile, on all its cores
 */
public record Stretch(long events, double seconds, double cpuSeconds) {

    double eventsPerSecond() {
        return events / seconds;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds * 1e6 / events;
    }
}
