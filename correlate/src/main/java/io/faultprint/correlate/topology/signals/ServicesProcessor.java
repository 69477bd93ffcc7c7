package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.TickRow;
import io.faultprint.correlate.watch.Board;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.correlate.watermark.TickClock;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import io.faultprint.letter.TickChecks;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs, metrics and partials, all keyed by service. Events only become rows of their window; when the window
 * closes, {@link WindowClose} makes snapshots and digests of the rows, and the tick follows.
 */
final class ServicesProcessor implements Processor<@Nullable String, byte[], @Nullable String, byte[]> {

    static final String NAME = "services";
    static final String CLOCK_STORE = "services-clock";
    static final String WINDOW_STORE = "services-windows";
    static final String BASELINE_STORE = "services-baselines";
    static final String SIGNATURE_STORE = "services-signatures";

    private final SignalsSettings settings;
    private final TopicNames topics;
    private final AvroCodec codec;
    private final AvroCodec state;
    private final Brakes brakes;
    private final Board board;

    // Set by init(), which Kafka Streams calls before anything else, and again on this object after a corrupted task.
    private @Nullable Work work;

    ServicesProcessor(
            SignalsSettings settings, TopicNames topics, AvroCodec codec, AvroCodec state, Brakes brakes, Board board) {
        this.settings = settings;
        this.topics = topics;
        this.codec = codec;
        this.state = state;
        this.brakes = brakes;
        this.board = board;
    }

    @Override
    public void init(ProcessorContext<@Nullable String, byte[]> context) {
        close();
        work = new Work(context);
    }

    @Override
    public void process(Record<@Nullable String, byte[]> record) {
        if (work == null) {
            throw new IllegalStateException("process() before init()");
        }
        work.process(record);
    }

    /** Kafka Streams keeps the timers of a task that it begins anew, and the old one would close windows as it knew them. */
    @Override
    public void close() {
        if (work != null) {
            work.end();
            work = null;
        }
    }

    /** One life of the task, between init() and the next: all of it is rebuilt from the stores. */
    private final class Work implements Closing.Task {

        private final ProcessorContext<@Nullable String, byte[]> context;
        private final int partition;
        private final Rows clockRows;
        private final Rows windowRows;
        private final Rows baselineRows;
        private final Rows signatureRows;
        private final Outbox outbox;
        private final Losses losses;
        private final Cuts cuts;
        private final Crowd crowd;
        private final Intake intake;
        private final PartialChecks partials;
        private final TickClock ticks;
        private final Visitors visitors;
        private final LogIntake logs;
        private final PointIntake points;
        private final Pace pace;
        private final WindowClose windowClose;
        private final Closing closing;
        private final List<Cancellable> timers;
        private final Board.Place place;

        private Work(ProcessorContext<@Nullable String, byte[]> context) {
            this.context = context;
            this.partition = context.taskId().partition();
            this.clockRows = rows(CLOCK_STORE);
            this.windowRows = Rows.weighed(context.getStateStore(WINDOW_STORE), state);
            this.baselineRows = rows(BASELINE_STORE);
            this.signatureRows = Rows.weighed(context.getStateStore(SIGNATURE_STORE), state);
            this.outbox = new Outbox(context, codec, topics, NAME);
            this.losses = new Losses(clockRows);
            this.cuts = new Cuts(clockRows);
            SignalsBounds bounds = settings.bounds();
            this.crowd = new Crowd(windowRows, bounds.windowBytes());
            this.intake = new Intake(
                    codec,
                    clockRows,
                    settings.windows(),
                    topics.horizon(),
                    outbox,
                    losses,
                    new Batches(clockRows, cuts, bounds.batches()),
                    List.of(Topics.LOGS.name(), Topics.METRICS.name()));
            this.partials = new PartialChecks(settings.partitions(), settings.windows(), topics.horizon());
            this.ticks = new TickClock(settings.partitions(), tickRows());
            Roster roster = new Roster(bounds.services(), settings.analyst().learningWindows());
            ServiceBaselines services = new ServiceBaselines(baselineRows, cuts, roster, bounds);
            SignatureTrees trees = new SignatureTrees(signatureRows, bounds, settings.rules(), services);
            this.visitors = new Visitors(windowRows, roster, crowd, bounds.services(), losses, cuts, false);
            this.logs = new LogIntake(windowRows, crowd, cuts, settings.forms(), settings.rules());
            this.points = new PointIntake(windowRows, crowd, cuts, losses, bounds.points());
            this.windowClose = new WindowClose(settings, windowRows, services, trees, visitors, outbox);
            this.pace = new Pace(brakes, settings.windows(), bounds, windowRows);
            this.closing = new Closing(clockRows, windowRows, settings.windows(), this);
            // Which windows close, and with what, only the watermark says; the timer only works off what is left over.
            this.place = board.open(facts());
            this.timers = List.of(
                    context.schedule(Closing.PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> advance()),
                    context.schedule(Board.EVERY, PunctuationType.WALL_CLOCK_TIME, now -> place.publish(facts())));
        }

        private Rows rows(String store) {
            return new Rows(context.<KeyValueStore<Bytes, byte[]>>getStateStore(store), state);
        }

        private Map<Integer, TickRow> tickRows() {
            Map<Integer, TickRow> found = new HashMap<>();
            clockRows.each(RowKey.of('t'), TickRow.class, (key, row) -> found.put((int) RowKey.lastNumber(key), row));
            return found;
        }

        private TaskFacts facts() {
            List<TaskFacts.Source> sources = new ArrayList<>();
            ticks.rows()
                    .forEach((number, row) -> sources.add(new TaskFacts.Source(number, row.getUpTo(), row.getEnded())));
            return new TaskFacts(
                    NAME + "-" + partition,
                    intake.inputs(partition),
                    new TaskFacts.Ticks(Topics.PARTIALS.name(), partition, settings.partitions(), sources),
                    closing.open(),
                    Map.of(
                            CLOCK_STORE, clockRows.size(),
                            WINDOW_STORE, windowRows.size(),
                            BASELINE_STORE, baselineRows.size(),
                            SIGNATURE_STORE, signatureRows.size()),
                    new TaskFacts.Services(windowClose.services(), windowClose.learning(), windowClose.flooded()),
                    0,
                    TaskFacts.Counted.NOTHING);
        }

        private void process(Record<@Nullable String, byte[]> record) {
            String kind = topics.kindOf(context.recordMetadata());
            if (kind.equals(Topics.PARTIALS.name())) {
                partial(record);
                return;
            }
            Class<? extends SpecificRecord> type = kind.equals(Topics.LOGS.name()) ? LogEvent.class : MetricEvent.class;
            Intake.Read read = intake.read(kind, type, record);
            if (read instanceof Intake.Read.Event event) {
                keep(event);
            } else if (read instanceof Intake.Read.Late late) {
                behind(late);
            } else if (read instanceof Intake.Read.Beat) {
                advance();
            }
        }

        private void advance() {
            closing.advance();
            long slowest = watermark();
            for (String kind : List.of(Topics.LOGS.name(), Topics.METRICS.name())) {
                pace.report(input(kind), intake.watermark(kind), slowest, closing.upTo(), false);
            }
            pace.report(input(Topics.PARTIALS.name()), ticks.upTo(), slowest, closing.upTo(), false);
        }

        private void end() {
            timers.forEach(Cancellable::cancel);
            place.close();
            List.of(Topics.LOGS, Topics.METRICS, Topics.PARTIALS).forEach(topic -> pace.end(input(topic.name())));
        }

        private TopicPartition input(String kind) {
            return new TopicPartition(topics.topic(kind), partition);
        }

        private void keep(Intake.Read.Event event) {
            Envelope envelope = event.envelope();
            ServiceBaselines.Name name = new ServiceBaselines.Name(envelope.getEnvironment(), envelope.getService());
            long window = event.windowStart();
            boolean log = event.value() instanceof LogEvent;
            if (!visitors.admit(window, name, log ? Topics.LOGS.name() : Topics.METRICS.name(), 1)) {
                return;
            }
            boolean known = visitors.knows(name);
            seen(envelope, window, known);
            if (event.value() instanceof LogEvent line) {
                losses.drop("logs", logs.add(line, window, known) ? 0 : 1);
            } else if (event.value() instanceof MetricEvent point) {
                points.add(point, window, known);
            }
        }

        /** Only of those it knows: nobody else can be called silent. */
        private void behind(Intake.Read.Late late) {
            Envelope envelope = late.envelope();
            if (visitors.knows(new ServiceBaselines.Name(envelope.getEnvironment(), envelope.getService()))) {
                windowRows.mark(WindowKeys.cell(late.windowStart(), envelope.getEnvironment(), envelope.getService())
                        .then(WindowKeys.BEHIND));
            }
        }

        /** Notes the instance and version of an event, once per window. */
        private void seen(Envelope envelope, long windowStart, boolean known) {
            RowKey cell = WindowKeys.cell(windowStart, envelope.getEnvironment(), envelope.getService());
            if (!envelope.getInstance().isEmpty()) {
                once(cell, WindowKeys.INSTANCE, envelope.getInstance(), known, Routed.INSTANCES, Cut.INSTANCES);
            }
            if (!envelope.getVersion().isEmpty()) {
                once(cell, WindowKeys.VERSION, envelope.getVersion(), known, Routed.VERSIONS, Cut.VERSIONS);
            }
        }

        private void once(RowKey cell, char kind, String name, boolean known, int most, Cut cut) {
            RowKey key = cell.then(kind).then(name);
            if (windowRows.has(key)) {
                return;
            }
            if (crowd.admit(cell, kind, key, most, known, leaving -> cuts.count(cut, 1))) {
                windowRows.mark(key);
            } else {
                cuts.count(cut, 1);
            }
        }

        private void partial(Record<@Nullable String, byte[]> record) {
            SpecificRecord value;
            try {
                value = intake.decode(record);
            } catch (MalformedRecord e) {
                refuse(record, Intake.malformed(e));
                return;
            }
            Refusal refusal = record.value().length > Fitness.LARGEST
                    ? Intake.tooLarge(record.value().length)
                    : refusal(value, record.key(), record.timestamp());
            if (refusal != null) {
                refuse(record, refusal);
            } else if (value instanceof Tick tick) {
                tick(tick);
            } else if (value instanceof SpanPartial spans) {
                ServiceBaselines.Name name = new ServiceBaselines.Name(spans.getEnvironment(), spans.getService());
                if (mayHave(spans.getWindowStart(), name, spans.getCount())) {
                    RowKey key = WindowKeys.cell(spans.getWindowStart(), name.environment(), name.service())
                            .then(WindowKeys.SPANS)
                            .then(spans.getOperation())
                            .then(spans.getEntry() ? 'y' : 'n')
                            .then((long) spans.getSource());
                    windowRows.put(key, spans);
                }
            } else if (value instanceof EdgePartial edge) {
                ServiceBaselines.Name name = new ServiceBaselines.Name(edge.getEnvironment(), edge.getService());
                if (mayHave(edge.getWindowStart(), name, 0)) {
                    RowKey key = WindowKeys.cell(edge.getWindowStart(), name.environment(), name.service())
                            .then(WindowKeys.CALLS)
                            .then(edge.getCallee())
                            .then((long) edge.getSource());
                    windowRows.put(key, edge);
                }
            } else if (value instanceof ChangeEvent change) {
                routed(change.getEnvelope(), WindowKeys.CHANGE, change.getId(), change, Cut.CHANGES);
            } else if (value instanceof AlertEvent alert) {
                routed(alert.getEnvelope(), WindowKeys.ALERT, alert.getId(), alert, Cut.ALERTS);
            }
        }

        /** Partials are no events: those that are refused are in no equation. */
        private void refuse(Record<@Nullable String, byte[]> record, Refusal refusal) {
            outbox.refuse(refusal.cause() == Cause.LATE ? Sinks.LATE : Sinks.DEAD_LETTERS, record, refusal);
        }

        private @Nullable Refusal refusal(SpecificRecord value, @Nullable String key, long appended) {
            if (value instanceof Tick tick) {
                Refusal refusal =
                        TickChecks.check(tick, settings.partitions(), settings.windows(), topics.horizon(), appended);
                return refusal == null ? ticks.behind(tick) : refusal;
            }
            if (value instanceof SpanPartial spans) {
                Refusal refusal = partials.of(spans, key, appended);
                return refusal == null ? late(spans.getWindowStart(), ticks.upTo(spans.getSource())) : refusal;
            }
            if (value instanceof EdgePartial edge) {
                Refusal refusal = partials.of(edge, key, appended);
                return refusal == null ? late(edge.getWindowStart(), ticks.upTo(edge.getSource())) : refusal;
            }
            if (value instanceof ChangeEvent || value instanceof AlertEvent) {
                Envelope envelope = (Envelope) value.get(0);
                Refusal refusal = Fitness.routed(value, envelope, key, appended, topics.horizon());
                return refusal == null
                        ? late(settings.windows().startOf(envelope.getEventTime()), ticks.upTo())
                        : refusal;
            }
            return Intake.wrongType(value, Topics.PARTIALS.name());
        }

        /** A partial stands before the tick of its window; behind it, its row would lie in a closed window for ever. */
        private @Nullable Refusal late(long windowStart, long ticked) {
            long end = windowStart + settings.windows().sizeMillis();
            return ticked == PartitionClock.UNKNOWN || end > ticked
                    ? null
                    : new Refusal(
                            Cause.LATE, "its window ended at " + end + ", its sources had ticked up to " + ticked);
        }

        /** Sums of spans are as few as services and operations are, so only memory itself can keep them out. */
        private boolean mayHave(long windowStart, ServiceBaselines.Name name, long spans) {
            if (!visitors.admit(windowStart, name, null, spans)) {
                return false;
            }
            if (!crowd.suffices()) {
                cuts.count(Cut.SERVICES, spans);
                return false;
            }
            return true;
        }

        private void routed(Envelope envelope, char kind, String id, SpecificRecord value, Cut cut) {
            long window = settings.windows().startOf(envelope.getEventTime());
            ServiceBaselines.Name name = new ServiceBaselines.Name(envelope.getEnvironment(), envelope.getService());
            if (!visitors.admit(window, name, null, 1)) {
                return;
            }
            RowKey cell = WindowKeys.cell(window, name.environment(), name.service());
            RowKey key = cell.then(kind).then(Lot.of(id)).then(id);
            if (!windowRows.has(key)
                    && !crowd.admit(cell, kind, key, Routed.MOST, true, leaving -> cuts.count(cut, 1))) {
                cuts.count(cut, 1);
                return;
            }
            windowRows.putLatest(key, envelope.getEventTime(), value);
        }

        private void tick(Tick tick) {
            ticks.tick(tick, settings.windows().sizeMillis());
            clockRows.put(RowKey.of('t').then((long) tick.getSource()), ticks.row(tick.getSource()));
            if (tick.getSource() == partition) {
                // Every task hears every tick; the counts of source p travel on with the ticks of task p alone.
                losses.add(tick.getCounts());
                cuts.add(tick.getCuts());
            }
            advance();
        }

        @Override
        public long watermark() {
            return Math.min(intake.watermark(), ticks.upTo());
        }

        @Override
        public long promised() {
            return intake.watermark();
        }

        @Override
        public long coveredSince() {
            return intake.coveredSince();
        }

        @Override
        public boolean covered(long start, long end) {
            return intake.covered(start, end) && ticks.covered(start, end);
        }

        @Override
        public long uncoveredUntil(long start, long end) {
            return Math.max(intake.uncoveredUntil(start, end), ticks.uncoveredUntil(start, end));
        }

        @Override
        public boolean ended() {
            return intake.ended() && ticks.ended();
        }

        @Override
        public void close(long start, boolean covered) {
            windowClose.close(start, covered);
        }

        @Override
        public void tick(long upTo, boolean covered, boolean ended) {
            Tick tick = new Tick(
                    partition,
                    settings.partitions(),
                    upTo,
                    covered,
                    ended,
                    losses.take(ended),
                    windowClose.learning(),
                    windowClose.services(),
                    cuts.take());
            outbox.send(Sinks.DIGESTS, null, tick);
        }
    }
}
