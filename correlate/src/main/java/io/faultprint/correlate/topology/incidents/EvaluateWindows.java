package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.incident.Bound;
import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.incident.IncidentTables;
import io.faultprint.correlate.incident.Incidents;
import io.faultprint.correlate.state.BlindSpan;
import io.faultprint.correlate.state.EvaluationProgress;
import io.faultprint.correlate.watch.Board;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Refusal;
import io.faultprint.letter.TickChecks;
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

    /** Bytes of key and value: a mebibyte is Kafka's usual limit, and some of it is the batch's own. */
    private static final int LARGEST = 1_000_000;

    /** Everything about an incident is settled or given up long before. */
    private static final long LONG_BLIND = 1_000;

    /** A long catch-up goes on by itself; what comes out does not depend on when. */
    private static final Duration CONTINUE_EVERY = Duration.ofMillis(250);

    /** What one task has on the heap. */
    private record Heap(
            ProcessorContext<byte[], byte[]> context,
            PendingDigests pending,
            Sources sources,
            KeyValueStore<String, EvaluationProgress> progress,
            Incidents incidents,
            Totals totals,
            Board.Place place) {}

    private final Run run;
    private final int sources;
    private final Windows windows;
    private final Horizon horizon;
    private final DigestChecks digests;
    private final IncidentSettings settings;
    private final String configuration;
    private final AvroCodec codec;
    private final MeterRegistry meters;
    private final Board board;
    private final Counter evaluated;
    private @Nullable Heap heap;
    private List<Cancellable> timers = List.of();

    /** Whether closed windows may be left to evaluate; only saves looking, so it need not survive. */
    private boolean behind = true;

    EvaluateWindows(
            Run run,
            int sources,
            Windows windows,
            IncidentSettings settings,
            String configuration,
            AvroCodec codec,
            MeterRegistry meters,
            Board board) {
        this.run = run;
        this.sources = sources;
        this.windows = windows;
        this.horizon = Horizon.of(run);
        this.digests = new DigestChecks(windows, horizon);
        this.settings = settings;
        this.configuration = configuration;
        this.codec = codec;
        this.meters = meters;
        this.board = board;
        for (Bound bound : Bound.values()) {
            leftOut(bound, 0);
        }
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
        Sources sources = new Sources(StoredTable.of(context, IncidentsTopology.SOURCES_STORE));
        Incidents incidents = new Incidents(tables, settings, windows, configuration, this::leftOut);
        Totals totals = new Totals(StoredTable.of(context, IncidentsTopology.TOTALS_STORE), windows.sizeMillis());
        IncidentFacts facts = new IncidentFacts(context, sources, incidents, totals);
        heap = new Heap(
                context,
                new PendingDigests(context.getStateStore(IncidentsTopology.PENDING_STORE)),
                sources,
                context.getStateStore(IncidentsTopology.PROGRESS_STORE),
                incidents,
                totals,
                board.open(facts.now()));
        behind = true;
        timers = List.of(
                context.schedule(CONTINUE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> evaluateClosed()),
                context.schedule(
                        Board.EVERY,
                        PunctuationType.WALL_CLOCK_TIME,
                        now -> heap().place().publish(facts.now())));
    }

    /** Kafka Streams keeps the timers of a task that it begins anew. */
    @Override
    public void close() {
        timers.forEach(Cancellable::cancel);
        timers = List.of();
        if (heap != null) {
            heap.place().close();
            heap = null;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Rejects rejects = new Rejects(heap().context());
        Refusal refusal = take(record);
        if (refusal != null && refusal.cause() == Cause.LATE) {
            rejects.late(record, refusal);
            heap().totals().digest("late");
        } else if (refusal != null) {
            rejects.deadLetter(record, refusal);
            heap().totals().digest("dead-lettered");
        }
        heap().totals().upTo(heap().context());
        evaluateClosed();
    }

    private @Nullable Refusal take(Record<byte[], byte[]> record) {
        byte[] bytes = record.value();
        if (bytes == null) {
            return new Refusal(Cause.MALFORMED, "no value, where a digest or a tick belongs");
        }
        if (bytes.length > DigestChecks.LARGEST) {
            return new Refusal(
                    Cause.TOO_LARGE, bytes.length + " bytes; at most " + DigestChecks.LARGEST + " can be kept");
        }
        SpecificRecord value;
        try {
            value = codec.decode(bytes);
        } catch (MalformedRecord e) {
            return new Refusal(Cause.MALFORMED, String.valueOf(e.getMessage()));
        }
        if (value instanceof Tick tick) {
            return take(tick, record.timestamp());
        }
        return value instanceof Digest digest
                ? take(digest, record.key(), record.timestamp())
                : new Refusal(
                        Cause.WRONG_TYPE,
                        "a " + value.getSchema().getFullName() + ", where a digest or a tick belongs");
    }

    private @Nullable Refusal take(Tick tick, long appended) {
        Refusal refusal = TickChecks.check(tick, sources, windows, horizon, appended);
        if (refusal != null) {
            return refusal;
        }
        long before = heap().sources().upTo(tick.getSource());
        Refusal unaccepted = heap().sources().accept(tick);
        if (unaccepted == null) {
            behind = true;
            if (heap().context().taskId().partition() == 0) {
                // Every partition hears every tick; one of them counts.
                heap().totals().tick(tick, before);
            }
        }
        return unaccepted;
    }

    private @Nullable Refusal take(Digest digest, byte @Nullable [] key, long appended) {
        Refusal refusal = digests.of(digest, key, appended);
        if (refusal != null) {
            return refusal;
        }
        // Closed at this offset, not evaluated by now: so it is late or not whenever the log is read.
        long closed = heap().sources().closedUpTo();
        if (digest.getWindowEnd() <= closed) {
            return new Refusal(
                    Cause.LATE,
                    "window " + digest.getWindowStart() + " of " + digest.getEnvironment() + "/" + digest.getService()
                            + " was closed up to " + closed);
        }
        boolean kept = heap().pending().put(digest, closed);
        heap().totals().digest(kept ? "kept" : "dropped");
        if (!kept) {
            leftOut(Bound.WAITING, 1);
        }
        return null;
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
                : OptionalLong.of(behindBlindness(upTo, closed));
        return next.isPresent() && next.getAsLong() + windows.sizeMillis() <= closed ? next : OptionalLong.empty();
    }

    /**
     * While an incident is open, long blindness is passed over: where nobody saw anything for {@link #LONG_BLIND} windows,
     * the rest of that stretch changes nothing any more, and a wrong clock can make it decades.
     */
    private long behindBlindness(long upTo, long closed) {
        BlindSpan blind = heap().sources().blindStretch(upTo, upTo + windows.sizeMillis());
        if (blind == null || upTo - LONG_BLIND * windows.sizeMillis() < blind.getFrom()) {
            return upTo;
        }
        long firstPending = heap().pending().firstWindow().orElse(Long.MAX_VALUE);
        long target = windows.startOf(Math.min(Math.min(blind.getTo(), closed), firstPending));
        return Math.max(upTo, target);
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
        Record<byte[], byte[]> record = new Record<>(key.getBytes(StandardCharsets.UTF_8), bytes, Math.max(0, asOf));
        if (bytes.length + key.length() > LARGEST) {
            // Refused by the producer, it would end the transaction, and the stage with it, again after every start.
            String what = "revision of " + key + " of " + bytes.length + " bytes; at most " + LARGEST;
            new Rejects(heap().context())
                    .unwritable(record, topic, new Refusal(Cause.TOO_LARGE, what + " can be written"));
            return;
        }
        heap().context().forward(record, sink);
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
