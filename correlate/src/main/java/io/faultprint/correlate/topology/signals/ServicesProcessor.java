package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.snapshot.PointSum;
import io.faultprint.correlate.snapshot.SeriesName;
import io.faultprint.correlate.state.PointRow;
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
import org.apache.kafka.common.utils.Bytes;
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
    private final Board board;

    // Set by init(), which Kafka Streams calls before anything else, and again on this object after a corrupted task.
    private @Nullable Work work;

    ServicesProcessor(SignalsSettings settings, TopicNames topics, AvroCodec codec, AvroCodec state, Board board) {
        this.settings = settings;
        this.topics = topics;
        this.codec = codec;
        this.state = state;
        this.board = board;
    }

    @Override
    public void init(ProcessorContext<@Nullable String, byte[]> context) {
        work = new Work(context);
    }

    @Override
    public void close() {
        if (work != null) {
            work.place.close();
            work = null;
        }
    }

    @Override
    public void process(Record<@Nullable String, byte[]> record) {
        if (work == null) {
            throw new IllegalStateException("process() before init()");
        }
        work.process(record);
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
        private final Intake intake;
        private final PartialChecks partials;
        private final TickClock ticks;
        private final LogIntake logs;
        private final WindowClose windowClose;
        private final Closing closing;
        private final Board.Place place;

        private Work(ProcessorContext<@Nullable String, byte[]> context) {
            this.context = context;
            this.partition = context.taskId().partition();
            this.clockRows = rows(CLOCK_STORE);
            this.windowRows = rows(WINDOW_STORE);
            this.baselineRows = rows(BASELINE_STORE);
            this.signatureRows = rows(SIGNATURE_STORE);
            this.outbox = new Outbox(context, codec, NAME);
            this.losses = new Losses(clockRows);
            this.intake = new Intake(
                    codec,
                    clockRows,
                    settings.windows(),
                    topics.horizon(),
                    outbox,
                    losses,
                    List.of(Topics.LOGS.name(), Topics.METRICS.name()));
            this.partials = new PartialChecks(settings.partitions(), settings.windows(), topics.horizon());
            this.ticks = new TickClock(settings.partitions(), tickRows());
            SignatureTrees trees = new SignatureTrees(signatureRows);
            this.logs = new LogIntake(windowRows, settings.forms());
            this.windowClose = new WindowClose(settings, windowRows, new ServiceBaselines(baselineRows), trees, outbox);
            this.closing = new Closing(clockRows, windowRows, settings.windows(), this);
            // Which windows close, and with what, only the watermark says; the timer only works off what is left over.
            context.schedule(Closing.PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> closing.advance());
            this.place = board.open(facts());
            context.schedule(Board.EVERY, PunctuationType.WALL_CLOCK_TIME, now -> place.publish(facts()));
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
            } else if (read instanceof Intake.Read.Beat) {
                closing.advance();
            }
        }

        private void keep(Intake.Read.Event event) {
            seen(event.envelope(), event.windowStart());
            if (event.value() instanceof LogEvent log) {
                logs.add(log, event.windowStart());
            } else if (event.value() instanceof MetricEvent point) {
                Envelope envelope = point.getEnvelope();
                RowKey key = key(envelope, event.windowStart(), WindowKeys.POINTS)
                        .then(SeriesName.of(point))
                        .then(envelope.getInstance());
                windowRows.put(key, PointSum.add(windowRows.get(key, PointRow.class), point));
            }
        }

        /** Notes the instance and version of an event, once per window. */
        private void seen(Envelope envelope, long windowStart) {
            if (!envelope.getInstance().isEmpty()) {
                once(key(envelope, windowStart, WindowKeys.INSTANCE).then(envelope.getInstance()));
            }
            if (!envelope.getVersion().isEmpty()) {
                once(key(envelope, windowStart, WindowKeys.VERSION).then(envelope.getVersion()));
            }
        }

        private void once(RowKey key) {
            if (!windowRows.has(key)) {
                windowRows.mark(key);
            }
        }

        private RowKey key(Envelope envelope, long windowStart, char row) {
            return WindowKeys.of(windowStart, envelope.getEnvironment(), envelope.getService(), row);
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
                windowRows.put(
                        WindowKeys.of(
                                        spans.getWindowStart(),
                                        spans.getEnvironment(),
                                        spans.getService(),
                                        WindowKeys.SPANS)
                                .then(spans.getOperation())
                                .then(spans.getEntry() ? 'y' : 'n')
                                .then((long) spans.getSource()),
                        spans);
            } else if (value instanceof EdgePartial edge) {
                windowRows.put(
                        WindowKeys.of(edge.getWindowStart(), edge.getEnvironment(), edge.getService(), WindowKeys.CALLS)
                                .then(edge.getCallee())
                                .then((long) edge.getSource()),
                        edge);
            } else if (value instanceof ChangeEvent change) {
                routed(change.getEnvelope(), WindowKeys.CHANGE, change.getId(), change);
            } else if (value instanceof AlertEvent alert) {
                routed(alert.getEnvelope(), WindowKeys.ALERT, alert.getId(), alert);
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

        private void routed(Envelope envelope, char row, String id, SpecificRecord value) {
            long window = settings.windows().startOf(envelope.getEventTime());
            windowRows.putLatest(key(envelope, window, row).then(id), envelope.getEventTime(), value);
        }

        private void tick(Tick tick) {
            ticks.tick(tick, settings.windows().sizeMillis());
            clockRows.put(RowKey.of('t').then((long) tick.getSource()), ticks.row(tick.getSource()));
            if (tick.getSource() == partition) {
                // Every task hears every tick; the counts of source p travel on with the ticks of task p alone.
                losses.add(tick.getCounts());
            }
            closing.advance();
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
            intake.closed(upTo);
            Tick tick = new Tick(
                    partition,
                    settings.partitions(),
                    upTo,
                    covered,
                    ended,
                    losses.take(),
                    windowClose.learning(),
                    windowClose.services());
            outbox.send(Sinks.DIGESTS, null, tick);
        }
    }
}
