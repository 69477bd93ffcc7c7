package io.faultprint.correlate.snapshot;

import io.faultprint.event.AlertEvent;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.SpanPartial;
import java.util.List;

/**
 * Everything known of one service in one closed window, in an order that does not depend on arrival.
 *
 * @param start start of the window, epoch milliseconds
 * @param end end of the window, exclusive, epoch milliseconds
 * @param covered false when some door did not see the whole window
 * @param signatures by id
 * @param series by name
 * @param operations one per operation, by name, all sources added up
 * @param edges by callee
 * @param changes by time, then id
 * @param alerts by name
 * @param instances distinct instances seen
 * @param versions sorted
 * @param flooded lines beyond the cap on distinct forms
 * @param aliases signatures that became others, by id
 */
public record ServiceWindow(
        String environment,
        String service,
        long start,
        long end,
        boolean covered,
        List<SignatureLines> signatures,
        List<SeriesValue> series,
        List<SpanPartial> operations,
        List<Edge> edges,
        List<ChangeRef> changes,
        List<AlertEvent> alerts,
        int instances,
        List<String> versions,
        long flooded,
        List<SignatureAlias> aliases) {

    public ServiceWindow {
        signatures = List.copyOf(signatures);
        series = List.copyOf(series);
        operations = List.copyOf(operations);
        edges = List.copyOf(edges);
        changes = List.copyOf(changes);
        alerts = List.copyOf(alerts);
        versions = List.copyOf(versions);
        aliases = List.copyOf(aliases);
    }

    long logs() {
        return flooded + signatures.stream().mapToLong(SignatureLines::count).sum();
    }

    long errorLogs() {
        return signatures.stream()
                .filter(SignatureLines::error)
                .mapToLong(SignatureLines::count)
                .sum();
    }

    long spans() {
        return operations.stream().mapToLong(SpanPartial::getCount).sum();
    }

    long spanErrors() {
        return operations.stream().mapToLong(SpanPartial::getErrors).sum();
    }

    /** Whether the service gave any sign of life. Changes and alerts are about it, not from it. */
    public boolean alive() {
        return logs() > 0 || spans() > 0 || !series.isEmpty();
    }

    /** The same, which is not to be judged and not to be learned from. */
    public ServiceWindow uncovered() {
        return new ServiceWindow(
                environment,
                service,
                start,
                end,
                false,
                signatures,
                series,
                operations,
                edges,
                changes,
                alerts,
                instances,
                versions,
                flooded,
                aliases);
    }
}
