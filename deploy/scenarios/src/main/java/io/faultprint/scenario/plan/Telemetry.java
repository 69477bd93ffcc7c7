package io.faultprint.scenario.plan;

/**
 * How the system is watched, which is never perfectly.
 *
 * @param traceShare the share of requests whose spans are kept, decided at the edge
 * @param scrapeSeconds from one reading of an instance's metrics to the next
 * @param missingScrapes the share of readings that do not arrive
 * @param clockJitterMs how far the clock of a node is off, at most, in either direction
 * @param databaseLogs whether the lines of PostgreSQL databases are shipped
 * @param clusterEvents whether the events of the cluster (scheduled, back-off, killed) are shipped
 */
public record Telemetry(
        double traceShare,
        int scrapeSeconds,
        double missingScrapes,
        double clockJitterMs,
        boolean databaseLogs,
        boolean clusterEvents) {

    /** Everything is kept, nothing is missing, every clock is right, and only services speak. */
    static final Telemetry PERFECT = new Telemetry(1, 5, 0, 0, false, false);
}
