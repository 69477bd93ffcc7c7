package io.faultprint.correlate.cluster;

import io.faultprint.incident.Cluster;

/** What the clusters say to a fingerprint. */
public sealed interface Match {

    /** It is a failure that was seen before. */
    record Known(Cluster cluster, double similarity) implements Match {}

    /** No cluster is similar enough, or two different failures are about equally so. */
    record Novel() implements Match {}
}
