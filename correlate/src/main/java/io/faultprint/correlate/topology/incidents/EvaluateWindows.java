package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.incident.Bound;
import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.incident.IncidentTables;
import io.faultprint.correlate.incident.Incidents;
import io.faultprint.correlate.state.EvaluationProgress;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the digests of each window and has the window evaluated once every source has closed it.
 *
 * <p>{@link #init} may run again on the same object after a corrupted task, so everything on the heap is made there from
 * the stores. Every change reaches its store in the call that makes it.
 */
final class EvaluateWindows implements Processor<byte[], byte[], byte[], byte[]> {

    private static final String PROGRESS = "progress";
    private static final EvaluationProgress NOT_BEGUN = new EvaluationProgress(Long.MIN_VALUE, false);

    /** A long catch-up goes on by itself; what comes out does not depend on when. */
    private static final Duration CONTINUE_EVERY = Duration.ofMillis(250);

    /** What one task has on the heap. */
    private record Heap(
            ProcessorContext<byte[], byte[]> context,
            PendingDigests pending,
            Sources sources,
            KeyValueStore<String, EvaluationProgress> progress,
            Incidents incidents) {}

    private final Run run;
    private final Windows windows;
    private final IncidentSettings settings;
    private final String configuration;
    private final AvroCodec codec;
    private final MeterRegistry meters;
    private final Counter evaluated;
    private @Nullable Heap heap;
    private @Nullable Cancellable timer;

    /** Whether closed windows may be left to evaluate; only saves looking, so it need not survive. */
    private boolean behind = true;

    EvaluateWindows(
            Run run,
            Windows windows,
            IncidentSettings settings,
            String configuration,
            AvroCodec codec,
            MeterRegistry meters) {
        this.run = run;
        this.windows = windows;
        this.settings = settings;
        this.configuration = configuration;
        this.codec = codec;
        this.meters = meters;
        this.evaluated = meters.counter("faultprint.incidents.windows.evaluated");
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        close();
        IncidentTables tables = new IncidentTables(
                StoredTable.of(context, IncidentsTopology.GRAPH_STORE),
                StoredTable.of(context, IncidentsTopology.ABNORMAL_STORE),
                StoredTable.of(context, IncidentsTopology.SURPRISES_STORE),
                StoredTable.of(context, IncidentsTopology.SIGNATURES_STORE),
                StoredTable.of(context, IncidentsTopology.CHANGES_STORE),
                StoredTable.of(context, IncidentsTopology.OPEN_STORE),
                StoredTable.of(context, IncidentsTopology.CLUSTERS_STORE));
        heap = new Heap(
                context,
                new PendingDigests(context.getStateStore(IncidentsTopology.PENDING_STORE)),
                new Sources(StoredTable.of(context, IncidentsTopology.SOURCES_STORE)),
                context.getStateStore(IncidentsTopology.PROGRESS_STORE),
                new Incidents(tables, settings, windows, configuration, this::leftOut));
        behind = true;
        timer = context.schedule(CONTINUE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> evaluateClosed());
    }

    /** Kafka Streams keeps the timers of a task that it begins anew. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        heap = null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Rejects rejects = new Rejects(heap().context());
        try {
            take(record, rejects);
        } catch (MalformedRecord e) {
            rejects.deadLetter(record, "MalformedRecord", String.valueOf(e.getMessage()));
        }
        evaluateClosed();
    }

    private void take(Record<byte[], byte[]> record, Rejects rejects) {
        if (record.value() == null) {
            throw new MalformedRecord("no value, where a digest or a tick belongs");
        }
        SpecificRecord value = codec.decode(record.value());
        if (value instanceof Tick tick) {
            heap().sources().accept(tick);
            behind = true;
        } else if (value instanceof Digest digest) {
            DigestChecks.check(record.key(), digest, windows);
            // Closed at this offset, not evaluated by now: so it is late or not whenever the log is read.
            if (digest.getWindowEnd() <= heap().sources().closedUpTo()) {
                rejects.late(
                        record,
                        "window " + digest.getWindowStart() + " of " + digest.getEnvironment() + "/"
                                + digest.getService() + " was closed up to "
                                + heap().sources().closedUpTo());
            } else {
                heap().pending().put(digest);
            }
        } else {
            throw new MalformedRecord("a " + value.getSchema().getFullName() + ", where a digest or a tick belongs");
        }
    }

    /** Evaluates what all sources have closed, in order, as much as one step may. */
    private void evaluateClosed() {
        if (!behind) {
            return;
        }
        long closed = heap().sources().closedUpTo();
        for (int n = 0; n < settings.caps().windowsPerStep(); n++) {
            OptionalLong window = nextWindow(closed);
            if (window.isEmpty()) {
                allDone(closed);
                behind = false;
                return;
            }
            evaluate(window.getAsLong());
        }
    }

    /** While an incident is open every window counts, else only those that hold something. */
    private OptionalLong nextWindow(long closed) {
        long upTo = progress().getUpTo();
        OptionalLong next = upTo == Long.MIN_VALUE
                        || heap().incidents().environmentsWithIncidents().isEmpty()
                ? heap().pending().firstWindow()
                : OptionalLong.of(upTo);
        return next.isPresent() && next.getAsLong() + windows.sizeMillis() <= closed ? next : OptionalLong.empty();
    }

    private void evaluate(long windowStart) {
        boolean blind = heap().sources().isBlind(windowStart, windowStart + windows.sizeMillis());
        SortedMap<String, List<Digest>> contents = heap().pending().take(windowStart);
        Set<String> environments = new TreeSet<>(contents.keySet());
        environments.addAll(heap().incidents().environmentsWithIncidents());
        for (String environment : environments) {
            publish(heap().incidents()
                    .evaluate(environment, windowStart, blind, contents.getOrDefault(environment, List.of())));
        }
        keep(new EvaluationProgress(windowStart + windows.sizeMillis(), false));
        evaluated.increment();
    }

    private void allDone(long closed) {
        EvaluationProgress before = progress();
        boolean ended = heap().sources().allEnded();
        if (closed > before.getUpTo() || ended != before.getFinished()) {
            heap().sources().forgetBlindUpTo(closed);
            long upTo = Math.max(closed, before.getUpTo());
            if (ended && !before.getFinished()) {
                long lastWindow = windows.startOf(upTo - 1);
                for (String environment : heap().incidents().environmentsWithIncidents()) {
                    publish(heap().incidents().finish(environment, lastWindow));
                }
            }
            keep(new EvaluationProgress(upTo, ended));
        }
    }

    private void publish(List<SpecificRecord> records) {
        for (SpecificRecord value : records) {
            if (value instanceof Incident incident) {
                forward(
                        Keys.id(incident.getEnvironment(), incident.getId()),
                        Topics.INCIDENTS.name(),
                        incident,
                        incident.getAsOf(),
                        IncidentsTopology.INCIDENTS);
            } else if (value instanceof Cluster cluster) {
                forward(
                        Keys.id(cluster.getEnvironment(), cluster.getId()),
                        Topics.CLUSTERS.name(),
                        cluster,
                        cluster.getAsOf(),
                        IncidentsTopology.CLUSTERS);
            } else {
                throw new IllegalStateException(
                        "nowhere to publish a " + value.getSchema().getFullName());
            }
        }
    }

    private void forward(String key, String topic, SpecificRecord value, long asOf, String sink) {
        byte[] bytes = codec.encode(run.topic(topic), value);
        heap().context().forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), bytes, Math.max(0, asOf)), sink);
    }

    private EvaluationProgress progress() {
        return Objects.requireNonNullElse(heap().progress().get(PROGRESS), NOT_BEGUN);
    }

    private void keep(EvaluationProgress progress) {
        heap().progress().put(PROGRESS, progress);
    }

    private void leftOut(Bound bound, int count) {
        meters.counter("faultprint.incidents.left.out", "bound", bound.name().toLowerCase(Locale.ROOT))
                .increment(count);
    }

    private Heap heap() {
        return Objects.requireNonNull(heap, "not initialised");
    }
}
