package io.faultprint.correlate.snapshot;

/**
 * Kinds of surprise that tend to come together for one reason. A service's strength takes the best of each family, so
 * that forty metrics that moved as one do not count forty times.
 */
enum Family {
    ERRORS(Double.MAX_VALUE),
    SPAN_ERRORS(Double.MAX_VALUE),
    LATENCY(Double.MAX_VALUE),
    /** A metric out of line for ten points or more is a symptom of its own. */
    LASTING(Double.MAX_VALUE),
    /** A metric out of line for some points: with the next window it opens an incident, but no window does so alone. */
    METRICS(5.0),
    SILENCE(Double.MAX_VALUE),
    ALERTS(Double.MAX_VALUE),
    /** Two or three points of a metric out of line: worth telling beside a symptom, not worth waking anybody alone. */
    STIRRING(3.0),
    /** One point of a metric out of line: it happens all day. */
    BLIPS(2.0),
    /** New or more frequent lines that are no errors: a deploy brings them, so alone they open nothing. */
    CHATTER(2.5),
    /** More traffic is no failure by itself. */
    TRAFFIC(2.5);

    private final double most;

    Family(double most) {
        this.most = most;
    }

    /** The family of a metric that has been out of line for so many points in a row. */
    static Family ofMetric(int points) {
        if (points <= 1) {
            return BLIPS;
        }
        return points <= 3 ? STIRRING : points <= 9 ? METRICS : LASTING;
    }

    /** The family that it counts as beside others: a metric is a metric, however long it has been out of line. */
    Family kin() {
        return this == BLIPS || this == STIRRING || this == LASTING ? METRICS : this;
    }

    /** The most that this family can add to a service's strength. */
    double most() {
        return most;
    }
}
