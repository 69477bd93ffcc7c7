package io.faultprint.correlate.snapshot;

/**
 * Kinds of surprise that tend to come together for one reason. A service's strength takes the best of each family, so
 * that forty metrics that moved as one do not count forty times.
 */
enum Family {
    ERRORS(Double.MAX_VALUE),
    SPAN_ERRORS(Double.MAX_VALUE),
    LATENCY(Double.MAX_VALUE),
    METRICS(Double.MAX_VALUE),
    SILENCE(Double.MAX_VALUE),
    ALERTS(Double.MAX_VALUE),
    /** One point of a metric out of line: it happens all day, and opens nothing before the next point agrees. */
    BLIPS(2.0),
    /** New or more frequent lines that are no errors: a deploy brings them, so alone they open nothing. */
    CHATTER(2.5),
    /** More traffic is no failure by itself. */
    TRAFFIC(2.5);

    private final double most;

    Family(double most) {
        this.most = most;
    }

    /** The most that this family can add to a service's strength. */
    double most() {
        return most;
    }
}
