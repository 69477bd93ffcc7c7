package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.OperationSpans;
import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.event.SpanEvent;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SpanPartial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The open windows of a task that reads spans. Rows: window, environment, service, and {@code o} lot, operation, entry:
 * the operation's sum; {@code r}: the sum of those beyond the cap; {@code e} lot, callee: the calls.
 */
final class SpanWindow {

    /** A window may hold so many times the operations that its close tells apart. */
    private static final int OPEN = 10;

    private static final char OPERATION = 'o';
    private static final char REST = 'r';
    private static final char CALL = 'e';

    private final Rows rows;
    private final Crowd crowd;
    private final Cuts cuts;
    private final int source;
    private final int operations;

    SpanWindow(Rows rows, Crowd crowd, Cuts cuts, int source, int operations) {
        this.rows = rows;
        this.crowd = crowd;
        this.cuts = cuts;
        this.source = source;
        this.operations = operations;
    }

    /** @param known whether the service is one that the task remembers */
    void add(SpanEvent span, long windowStart, boolean known) {
        String environment = span.getEnvelope().getEnvironment();
        String service = span.getEnvelope().getService();
        RowKey cell = WindowKeys.cell(windowStart, environment, service);
        String operation = Operations.cut(span.getName());
        boolean entry = OperationSpans.entry(span);
        RowKey key = cell.then(OPERATION)
                .then(Lot.of(operation, entry ? "y" : "n"))
                .then(operation)
                .then(entry ? 'y' : 'n');
        SpanPartial row = rows.get(key, SpanPartial.class);
        if (row != null || crowd.admit(cell, OPERATION, key, OPEN * operations, known, last -> fold(cell, last))) {
            OperationSpans sum = sum(row).add(span);
            rows.put(key, sum.partial(environment, service, windowStart, source, operation, entry));
        } else {
            OperationSpans rest =
                    sum(rows.get(cell.then(REST), SpanPartial.class)).add(span);
            rest(cell, rest, environment, service, windowStart);
            cuts.count(Cut.OPERATIONS, 1);
        }
    }

    void add(String environment, TraceJoin.Call call, long windowStart, boolean known) {
        RowKey cell = WindowKeys.cell(windowStart, environment, call.caller());
        RowKey key = cell.then(CALL).then(Lot.of(call.callee())).then(call.callee());
        EdgePartial row = rows.get(key, EdgePartial.class);
        if (row == null && !crowd.admit(cell, CALL, key, Operations.CALLEES, known, this::leaveOut)) {
            cuts.count(Cut.EDGES, 1);
            return;
        }
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

    /**
     * Hands out the partials of a window, each service's smallest operations beyond the cap added up, and forgets them.
     *
     * @return the services that had spans
     */
    List<ServiceBaselines.Name> close(long windowStart, Consumer<SpecificRecord> partials) {
        Map<ServiceBaselines.Name, List<SpanPartial>> byService = new TreeMap<>();
        for (KeyValue<Bytes, @Nullable SpecificRecord> row : rows.all(Closing.windowKey(windowStart))) {
            if (row.value instanceof SpanPartial partial) {
                byService
                        .computeIfAbsent(
                                new ServiceBaselines.Name(partial.getEnvironment(), partial.getService()),
                                key -> new ArrayList<>())
                        .add(partial);
            } else if (row.value instanceof EdgePartial edge) {
                partials.accept(edge);
            }
            rows.delete(row.key);
        }
        byService.values().forEach(all -> {
            long folded = Operations.folded(all, operations);
            cuts.count(Cut.OPERATIONS, folded);
            Operations.bounded(all, operations).forEach(partials);
        });
        return List.copyOf(byService.keySet());
    }

    private void fold(RowKey cell, Bytes last) {
        SpanPartial evicted = rows.get(last, SpanPartial.class);
        if (evicted != null) {
            OperationSpans rest =
                    sum(rows.get(cell.then(REST), SpanPartial.class)).add(evicted);
            rest(cell, rest, evicted.getEnvironment(), evicted.getService(), evicted.getWindowStart());
            cuts.count(Cut.OPERATIONS, evicted.getCount());
        }
    }

    private void rest(RowKey cell, OperationSpans sum, String environment, String service, long windowStart) {
        rows.put(cell.then(REST), sum.partial(environment, service, windowStart, source, Operations.OTHERS, false));
    }

    private void leaveOut(Bytes last) {
        EdgePartial evicted = rows.get(last, EdgePartial.class);
        cuts.count(Cut.EDGES, evicted == null ? 0 : evicted.getCount());
    }

    private static OperationSpans sum(@Nullable SpanPartial row) {
        OperationSpans sum = new OperationSpans();
        return row == null ? sum : sum.add(row);
    }
}
