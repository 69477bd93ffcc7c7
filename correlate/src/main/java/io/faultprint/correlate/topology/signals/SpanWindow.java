package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.OperationSpans;
import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.event.SpanEvent;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SpanPartial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The open windows of a task that reads spans. Rows: window, {@code o}, environment, service, operation, entry: the
 * operation's sum; window, {@code e}, environment, caller, callee: the calls.
 */
final class SpanWindow {

    /** What the smallest operations beyond the cap are added up as. */
    private static final String OTHERS = "…";

    private final Rows rows;
    private final int source;
    private final int operations;

    SpanWindow(Rows rows, int source, int operations) {
        this.rows = rows;
        this.source = source;
        this.operations = operations;
    }

    void add(SpanEvent span, long windowStart) {
        String environment = span.getEnvelope().getEnvironment();
        String service = span.getEnvelope().getService();
        boolean entry = OperationSpans.entry(span);
        RowKey key = Closing.windowKey(windowStart)
                .then('o')
                .then(environment)
                .then(service)
                .then(span.getName())
                .then(entry ? 'y' : 'n');
        OperationSpans sum = new OperationSpans();
        SpanPartial row = rows.get(key, SpanPartial.class);
        if (row != null) {
            sum.add(row);
        }
        rows.put(key, sum.add(span).partial(environment, service, windowStart, source, span.getName(), entry));
    }

    void add(String environment, TraceJoin.Call call, long windowStart) {
        RowKey key = Closing.windowKey(windowStart)
                .then('e')
                .then(environment)
                .then(call.caller())
                .then(call.callee());
        EdgePartial row = rows.get(key, EdgePartial.class);
        rows.put(
                key,
                new EdgePartial(
                        environment,
                        call.caller(),
                        call.callee(),
                        windowStart,
                        source,
                        (row == null ? 0 : row.getCount()) + 1,
                        (row == null ? 0 : row.getErrors()) + (call.failed() ? 1 : 0),
                        (row == null ? 0 : row.getDurationSumNanos()) + call.durationNanos()));
    }

    /** Hands out the partials of a window, each service's smallest operations beyond the cap added up, and forgets them. */
    void close(long windowStart, Consumer<SpecificRecord> partials) {
        Map<ServiceBaselines.Name, List<SpanPartial>> byService = new TreeMap<>();
        for (KeyValue<Bytes, SpecificRecord> row : rows.all(Closing.windowKey(windowStart))) {
            if (row.value instanceof SpanPartial partial) {
                byService
                        .computeIfAbsent(
                                new ServiceBaselines.Name(partial.getEnvironment(), partial.getService()),
                                key -> new ArrayList<>())
                        .add(partial);
            } else {
                partials.accept(row.value);
            }
            rows.delete(row.key);
        }
        byService.values().forEach(all -> bounded(all).forEach(partials));
    }

    private List<SpanPartial> bounded(List<SpanPartial> all) {
        if (all.size() <= operations) {
            return all;
        }
        List<SpanPartial> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(SpanPartial::getCount)
                .reversed()
                .thenComparing(SpanPartial::getOperation)
                .thenComparing(SpanPartial::getEntry));
        OperationSpans others = new OperationSpans();
        sorted.subList(operations, sorted.size()).forEach(others::add);
        SpanPartial first = sorted.get(0);
        List<SpanPartial> kept = new ArrayList<>(sorted.subList(0, operations));
        kept.add(others.partial(
                first.getEnvironment(), first.getService(), first.getWindowStart(), source, OTHERS, false));
        return kept;
    }
}
