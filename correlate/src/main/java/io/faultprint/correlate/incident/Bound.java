package io.faultprint.correlate.incident;

/** A bound that left something out; each time is counted, because nothing is dropped in silence. */
public enum Bound {
    /** Digests that wait for a source which closes no windows, first those that tell of nothing. */
    WAITING,
    /** Abnormal digests of a window beyond the strongest. */
    DIGESTS,
    /** Groups that would have opened an incident. */
    INCIDENTS,
    /** Services that would have joined an incident. */
    SERVICES,
    /** Clusters forgotten, the one longest unseen first. */
    CLUSTERS,
    /** Changes forgotten, the oldest first. */
    CHANGES,
    /** Calls forgotten by the service graph, those longest unseen first. */
    EDGES
}
