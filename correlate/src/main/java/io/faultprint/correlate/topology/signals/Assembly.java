package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Resolution;
import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.snapshot.SeriesTotals;
import io.faultprint.correlate.snapshot.SeriesValue;
import io.faultprint.correlate.snapshot.ServiceWindow;
import io.faultprint.correlate.snapshot.SignatureLines;
import io.faultprint.correlate.span.OperationSpans;
import io.faultprint.correlate.state.LineRow;
import io.faultprint.correlate.state.LogRow;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.correlate.state.SeenRow;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SpanPartial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/** Puts the rows of one service's window together, at its close. */
final class Assembly {

    /** Of one digest, which is small; an upgrade may make a service's whole catalogue aliases. */
    private static final int MOST_ALIASES = 40;

    private final ServiceBaselines.Name name;
    private final SignatureTrees trees;
    private final SeriesTotals totals;
    private final int mostOperations;
    private final Cuts cuts;
    private final Map<Long, LogRow> lines = new TreeMap<>(Long::compareUnsigned);
    private final Map<Long, LineRow> texts = new TreeMap<>();
    private final List<PointOfSeries> pending = new ArrayList<>();
    private final Map<String, SpanPartial> operations = new TreeMap<>();
    private final Map<String, Edge> edges = new TreeMap<>();
    private final List<ChangeRef> changes = new ArrayList<>();
    private final List<AlertEvent> alerts = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private int instances;
    private long flood;
    private long pointsLeftOut;
    private boolean behind;

    private record PointOfSeries(String series, String instance, PointRow row) {}

    Assembly(ServiceBaselines.Name name, SignatureTrees trees, SeriesTotals totals, int mostOperations, Cuts cuts) {
        this.name = name;
        this.trees = trees;
        this.totals = totals;
        this.mostOperations = mostOperations;
        this.cuts = cuts;
    }

    /** Adds a row; rows come in key order. The parts stand after the letter that says what the row is. */
    void add(char kind, RowKey.Parts parts, Bytes key, SpecificRecord row) {
        switch (kind) {
            case WindowKeys.LINES -> lines.put(RowKey.lastNumber(key), (LogRow) row);
            case WindowKeys.TEXT -> texts.put(RowKey.lastNumber(key), (LineRow) row);
            case WindowKeys.SEEN -> seen(parts.kind(), (SeenRow) row);
            case WindowKeys.POINTS -> points(parts, (PointRow) row);
            case WindowKeys.SPANS -> operation((SpanPartial) row);
            case WindowKeys.CALLS -> call((EdgePartial) row);
            case WindowKeys.CHANGE -> change((ChangeEvent) row);
            case WindowKeys.ALERT -> alerts.add((AlertEvent) row);
            default -> throw new IllegalStateException("a row of unknown kind '" + kind + "' in an open window");
        }
    }

    private void seen(char kind, SeenRow row) {
        switch (kind) {
            case WindowKeys.LINES -> flood = row.getFlood();
            case WindowKeys.POINTS -> pointsLeftOut = row.getFlood();
            default -> {
                // Names beyond their caps were counted when they came.
            }
        }
    }

    private void points(RowKey.Parts parts, PointRow row) {
        parts.number();
        String series = parts.text();
        if (!pending.isEmpty() && !pending.get(0).series().equals(series)) {
            flush();
        }
        pending.add(new PointOfSeries(series, parts.text(), row));
    }

    private void flush() {
        pending.forEach(point -> totals.add(point.series(), point.instance(), point.row()));
        pending.clear();
    }

    /**
     * Where points were left out, the last series may be in part only.
     *
     * @return how many more points that leaves out
     */
    long settle() {
        long more = 0;
        if (pointsLeftOut > 0) {
            more = pending.stream().mapToLong(point -> point.row().getPoints()).sum();
            pending.clear();
        }
        flush();
        return more;
    }

    void instance() {
        instances++;
    }

    /** The service spoke, but too late for its windows. */
    void behind() {
        behind = true;
    }

    void version(String version) {
        versions.add(version);
    }

    void change(ChangeEvent change) {
        if (changes.size() >= Routed.MOST) {
            cuts.count(Cut.CHANGES, 1);
            return;
        }
        changes.add(new ChangeRef(
                change.getId(),
                name.service(),
                change.getEnvelope().getEventTime(),
                change.getKind(),
                change.getWho(),
                change.getWhat(),
                change.getVersionBefore(),
                change.getVersionAfter(),
                change.getLink(),
                change.getChangedPaths()));
    }

    ServiceWindow window(long start, long end, boolean covered) {
        List<SpanPartial> all = List.copyOf(operations.values());
        cuts.count(Cut.OPERATIONS, Operations.folded(all, mostOperations));
        List<SpanPartial> spans = Operations.bounded(all, mostOperations).stream()
                .sorted(Comparator.comparing(SpanPartial::getOperation))
                .toList();
        List<SignatureLines> signatures = signatures();
        List<SeriesValue> series = totals.values();
        List<String> allVersions = java.util.stream.Stream.concat(
                        versions.stream(), spans.stream().flatMap(span -> span.getVersions().stream()))
                .distinct()
                .sorted()
                .limit(Routed.VERSIONS)
                .toList();
        changes.sort(Comparator.comparingLong(ChangeRef::getTime).thenComparing(ChangeRef::getId));
        ServiceWindow window = new ServiceWindow(
                name.environment(),
                name.service(),
                start,
                end,
                covered,
                signatures,
                series,
                spans,
                edges(),
                changes,
                alerts,
                instances,
                allVersions,
                flood,
                trees.tell(name.environment(), name.service(), MOST_ALIASES));
        // What is known of it then says nothing of how it is.
        return behind && !window.alive() ? window.uncovered() : window;
    }

    /** Each source sends those with the least lots, so the least of all are complete. */
    private List<Edge> edges() {
        if (edges.size() <= Operations.CALLEES) {
            return List.copyOf(edges.values());
        }
        List<Edge> byLot = edges.values().stream()
                .sorted(Comparator.comparing((Edge edge) -> Lot.of(edge.getCallee()), Long::compareUnsigned))
                .toList();
        byLot.subList(Operations.CALLEES, byLot.size()).forEach(edge -> cuts.count(Cut.EDGES, edge.getCalls()));
        return byLot.subList(0, Operations.CALLEES).stream()
                .sorted(Comparator.comparing(Edge::getCallee))
                .toList();
    }

    /** Forms become signatures in (event time, hash) order; forms of one signature are added up. */
    private List<SignatureLines> signatures() {
        List<Map.Entry<Long, LogRow>> inOrder = new ArrayList<>(lines.entrySet());
        inOrder.sort(Comparator.<Map.Entry<Long, LogRow>>comparingLong(
                        line -> line.getValue().getFirst())
                .thenComparing(Map.Entry::getKey, Long::compareUnsigned));
        Map<String, SignatureLines> byId = new TreeMap<>();
        for (Map.Entry<Long, LogRow> line : inOrder) {
            LineRow text = texts.get(line.getKey());
            if (text == null) {
                throw new IllegalStateException("no text for the form " + line.getKey() + " of " + name);
            }
            MaskedLine form = new MaskedLine(
                    line.getKey(),
                    text.getMasked(),
                    text.getException() ? MaskedLine.Kind.EXCEPTION : MaskedLine.Kind.LINE);
            Resolution resolution = trees.resolve(name.environment(), name.service(), form);
            if (resolution instanceof Resolution.Flooded) {
                cuts.count(Cut.SIGNATURES, line.getValue().getCount());
            }
            add(byId, resolution.signature(), line.getValue(), text);
        }
        return settled(byId);
    }

    /** As the tree is at the close: lines of a signature that was merged since count to the one that stands for it. */
    private List<SignatureLines> settled(Map<String, SignatureLines> byId) {
        Map<String, SignatureLines> settled = new TreeMap<>();
        byId.forEach((id, lines) -> {
            SignatureLines now = trees.signature(name.environment(), name.service(), id)
                    .map(lines::of)
                    .orElse(lines);
            settled.merge(now.id(), now, SignatureLines::with);
        });
        return List.copyOf(settled.values());
    }

    private void add(Map<String, SignatureLines> byId, Signature signature, LogRow row, LineRow text) {
        boolean born = trees.seen(name.environment(), name.service(), signature.id()) == null;
        SignatureLines lines = new SignatureLines(
                signature.id(),
                signature.template(),
                row.getSeverityNumber(),
                row.getCount(),
                row.getFirst(),
                row.getLast(),
                born,
                text.getExample(),
                row.getPlaces(),
                text.getFrames());
        byId.merge(signature.id(), lines, SignatureLines::with);
    }

    private void operation(SpanPartial partial) {
        String key = partial.getOperation();
        SpanPartial before = operations.get(key);
        if (before == null) {
            operations.put(key, partial);
            return;
        }
        OperationSpans sum = new OperationSpans().add(before).add(partial);
        operations.put(
                key,
                sum.partial(
                        name.environment(),
                        name.service(),
                        partial.getWindowStart(),
                        partial.getSource(),
                        key,
                        before.getEntry() || partial.getEntry()));
    }

    private void call(EdgePartial partial) {
        Edge before = edges.get(partial.getCallee());
        long calls = partial.getCount() + (before == null ? 0 : before.getCalls());
        double nanos =
                partial.getDurationSumNanos() + (before == null ? 0 : before.getMeanMillis() * before.getCalls() * 1e6);
        edges.put(
                partial.getCallee(),
                new Edge(
                        partial.getCallee(),
                        calls,
                        partial.getErrors() + (before == null ? 0 : before.getErrors()),
                        nanos / calls / 1e6));
    }
}
