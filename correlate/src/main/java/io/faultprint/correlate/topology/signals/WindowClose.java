package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.snapshot.Assessment;
import io.faultprint.correlate.snapshot.Places;
import io.faultprint.correlate.snapshot.SeriesTotals;
import io.faultprint.correlate.snapshot.ServiceAnalyst;
import io.faultprint.correlate.snapshot.ServiceWindow;
import io.faultprint.correlate.snapshot.SignatureLines;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.correlate.state.SignatureSeenRow;
import io.faultprint.correlate.topology.signals.ServiceBaselines.Name;
import io.faultprint.event.ChangeEvent;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Closes one window of a task: rows to snapshots, digests and catalogue entries, service by service in order. */
final class WindowClose {

    private final SignalsSettings settings;
    private final Rows windowRows;
    private final ServiceBaselines services;
    private final SignatureTrees trees;
    private final Visitors visitors;
    private final Outbox outbox;
    private final ServiceAnalyst analyst;
    private int learning;
    private int known;
    private long flooded;

    WindowClose(
            SignalsSettings settings,
            Rows windowRows,
            ServiceBaselines services,
            SignatureTrees trees,
            Visitors visitors,
            Outbox outbox) {
        this.settings = settings;
        this.windowRows = windowRows;
        this.services = services;
        this.trees = trees;
        this.visitors = visitors;
        this.outbox = outbox;
        this.analyst = new ServiceAnalyst(settings.analyst());
    }

    /** Services still being learned, as of the last close. */
    int learning() {
        return learning;
    }

    /** Services known, as of the last close. */
    int services() {
        return known;
    }

    /** Lines beyond the cap on forms, in the last closed window. */
    long flooded() {
        return flooded;
    }

    void close(long start, boolean covered) {
        long end = start + settings.windows().sizeMillis();
        visitors.settle(start, this::forget);
        trees.makeRoom(visitors::knows);
        Map<Name, Assembly> assemblies = new TreeMap<>();
        visitors.known().forEach(name -> assembly(assemblies, name, start));
        List<ChangeEvent> everywhere = new ArrayList<>();
        for (KeyValue<Bytes, @Nullable SpecificRecord> row : windowRows.all(Closing.windowKey(start))) {
            RowKey.Parts parts = new RowKey.Parts(row.key);
            parts.kind();
            parts.number();
            Name name = new Name(parts.text(), parts.text());
            char kind = parts.kind();
            if (name.service().isEmpty()) {
                if (row.value instanceof ChangeEvent change) {
                    everywhere.add(change);
                }
            } else if (kind == WindowKeys.INSTANCE) {
                assembly(assemblies, name, start).instance();
            } else if (kind == WindowKeys.VERSION) {
                assembly(assemblies, name, start).version(parts.text());
            } else if (kind == WindowKeys.BEHIND) {
                assembly(assemblies, name, start).behind();
            } else if (row.value != null) {
                assembly(assemblies, name, start).add(kind, parts, row.key, row.value);
            }
            windowRows.delete(row.key);
        }
        learning = 0;
        known = 0;
        flooded = 0;
        assemblies.forEach((name, assembly) -> {
            visitors.dropPoints(assembly.settle());
            everywhere.stream()
                    .filter(change -> change.getEnvelope().getEnvironment().equals(name.environment()))
                    .forEach(assembly::change);
            service(name, assembly.window(start, end, covered));
        });
    }

    private Assembly assembly(Map<Name, Assembly> assemblies, Name name, long start) {
        return assemblies.computeIfAbsent(name, key -> {
            ServiceRow row = services.service(name);
            if (row != null) {
                services.makeRoom(name, row, start);
                trees.giveWay(
                        name.environment(),
                        name.service(),
                        start - settings.forgetAfter().toMillis());
            }
            SeriesTotals totals =
                    new SeriesTotals(services.counters(key), settings.windows().sizeMillis());
            return new Assembly(key, trees, totals, settings.operations(), visitors.cuts());
        });
    }

    /** A service that was never established; what an established one said is knowledge, and outlives it. */
    private void forget(Name name) {
        services.forget(name);
        trees.forget(name.environment(), name.service());
    }

    private void service(Name name, ServiceWindow window) {
        flooded += window.flooded();
        ServiceRow before = services.service(name);
        Assessment assessment = analyst.assess(
                window, before, services.baselines(name), trees.templates(name.environment(), name.service()));
        ServiceRow after = assessment.service();
        if (window.start() - after.getLastWindow() > settings.forgetAfter().toMillis()) {
            services.forget(name);
            trees.release(name.environment(), name.service());
            return;
        }
        services.put(name, after);
        known++;
        learning += assessment.snapshot().getLearning() ? 1 : 0;
        window.signatures().forEach(line -> catalogue(name, line, window.start()));
        window.aliases().forEach(alias -> alias(name, alias));
        if (worthSaying(assessment.snapshot())) {
            outbox.send(Sinks.SNAPSHOTS, Keys.service(name.environment(), name.service()), assessment.snapshot());
        }
        if (worthSaying(assessment.digest())) {
            outbox.send(Sinks.DIGESTS, name.environment(), assessment.digest());
        }
    }

    /** A service of which nothing was seen or expected has no snapshot. */
    private static boolean worthSaying(Snapshot snapshot) {
        return snapshot.getLogs() > 0
                || snapshot.getSpans() > 0
                || !snapshot.getMetrics().isEmpty()
                || !snapshot.getEdges().isEmpty()
                || !snapshot.getChanges().isEmpty()
                || !snapshot.getSurprises().isEmpty();
    }

    /** Incidents need what is odd, what changed, who calls whom, and whether a service is there at all. */
    private static boolean worthSaying(Digest digest) {
        return digest.getLogs() > 0
                || digest.getSpans() > 0
                || !digest.getSurprises().isEmpty()
                || !digest.getEdges().isEmpty()
                || !digest.getChanges().isEmpty()
                || !digest.getAliases().isEmpty();
    }

    private void catalogue(Name name, SignatureLines line, long windowStart) {
        SignatureSeenRow now = Seen.with(trees.seen(name.environment(), name.service(), line.id()), line);
        trees.seen(name.environment(), name.service(), line.id(), now);
        outbox.send(
                Sinks.SIGNATURES,
                Keys.signature(name.environment(), name.service(), line.id()),
                SignatureEntry.newBuilder()
                        .setEnvironment(name.environment())
                        .setService(name.service())
                        .setId(line.id())
                        .setKind(trees.kind(name.environment(), name.service(), line.id()))
                        .setTemplate(line.template())
                        .setSeverityNumber(now.getSeverityNumber())
                        .setFirstSeen(now.getFirstSeen())
                        .setLastSeen(now.getLastSeen())
                        .setCount(now.getCount())
                        .setExamples(now.getExamples())
                        .setWindowStart(windowStart)
                        .setWindowCount(line.count())
                        .setValues(Places.told(now.getPlaces()))
                        .setFrames(now.getFrames())
                        .build());
    }

    /** The catalogue says of a signature that is no more which one stands for it. */
    private void alias(Name name, SignatureAlias alias) {
        Signature survivor = trees.signature(name.environment(), name.service(), alias.getOf())
                .orElseThrow(() -> new IllegalStateException(alias + " of " + name + " names no signature"));
        SignatureSeenRow seen = trees.seen(name.environment(), name.service(), survivor.id());
        outbox.send(
                Sinks.SIGNATURES,
                Keys.signature(name.environment(), name.service(), alias.getId()),
                SignatureEntry.newBuilder()
                        .setEnvironment(name.environment())
                        .setService(name.service())
                        .setId(alias.getId())
                        .setKind(trees.kind(name.environment(), name.service(), survivor.id()))
                        .setTemplate(survivor.template())
                        .setSeverityNumber(seen == null ? 0 : seen.getSeverityNumber())
                        .setFirstSeen(seen == null ? 0 : seen.getFirstSeen())
                        .setLastSeen(seen == null ? 0 : seen.getLastSeen())
                        .setCount(0)
                        .setAliasOf(survivor.id())
                        .build());
    }
}
