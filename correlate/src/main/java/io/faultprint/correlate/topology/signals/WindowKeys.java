package io.faultprint.correlate.topology.signals;

/**
 * Keys of the rows of open windows in a task that reads logs, metrics and partials: window, environment, service, a
 * letter for what the row is, and the rest.
 */
final class WindowKeys {

    /** {@link io.faultprint.correlate.state.LogRow}, by the hash of the masked form. */
    static final char LINES = 'l';

    /** {@link io.faultprint.correlate.state.LineRow}, by the same. */
    static final char TEXT = 't';

    /** {@link io.faultprint.correlate.state.SeenRow}, by the letter of the rows that it counts. */
    static final char SEEN = 'n';

    /** {@link io.faultprint.correlate.state.PointRow}, by lot of the series, series and instance. */
    static final char POINTS = 'm';

    /** {@link io.faultprint.snapshot.SpanPartial}, by operation, entry and source. */
    static final char SPANS = 'o';

    /** {@link io.faultprint.snapshot.EdgePartial}, by callee and source. */
    static final char CALLS = 'e';

    /** {@link io.faultprint.snapshot.ChangeRef}, by time and id. */
    static final char CHANGE = 'c';

    /** {@link io.faultprint.event.AlertEvent}, by time and id. */
    static final char ALERT = 'a';

    /** That an instance was seen, by its name. */
    static final char INSTANCE = 'i';

    /** That a version was seen, by its name. */
    static final char VERSION = 'v';

    /** That the service spoke too late while this window waited: it is behind, not silent. */
    static final char BEHIND = 'b';

    private WindowKeys() {}

    /** What the keys of all rows of a service in a window begin with. */
    static RowKey cell(long windowStart, String environment, String service) {
        return Closing.windowKey(windowStart).then(environment).then(service);
    }
}
