package io.faultprint.correlate.topology.signals;

import java.util.Locale;

/** A bound that left something out. Ticks carry how much, under the name in lower case; LIMITS.md says what it means. */
public enum Cut {
    /** Events and partials of services beyond those that a task remembers, or lets into one window. */
    SERVICES,
    /** Log lines beyond the forms of a service in a window; the snapshot counts them all the same. */
    FORMS,
    /** Log lines that a rule of the configuration leaves out: {@code signatures.ignore}. */
    IGNORED,
    /** Metric points beyond the series and instances of a service in a window. */
    POINTS,
    /** Points of series that have no baseline because there are too many; they are told, and not judged. */
    BASELINES,
    /** Cumulative series whose last value is not remembered: no rate of them. */
    COUNTERS,
    /** Lines counted as flood because there are too many signatures. */
    SIGNATURES,
    /** Spans added to the operation "…". */
    OPERATIONS,
    /** Calls beyond the callees of a service in a window. */
    EDGES,
    /** Spans that were forgotten before their families could be complete. */
    WAITING,
    /** Names of instances beyond those that a window counts. */
    INSTANCES,
    /** Names of versions beyond those that a window tells apart. */
    VERSIONS,
    /** Changes to a service beyond those that a window tells. */
    CHANGES,
    /** Alerts about a service beyond those that a window tells. */
    ALERTS,
    /** Parts of batches forgotten early: what a sender repeats of them counts twice. */
    BATCHES;

    /** Its name in ticks and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
