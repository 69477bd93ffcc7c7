package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.span.OperationSpans;
import io.faultprint.correlate.span.TraceJoin;
import io.faultprint.correlate.state.BufferedSpan;
import io.faultprint.correlate.watch.Board;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.SpanEvent;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
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
 * Reads spans, changes and alerts, which are keyed by trace and environment, and writes what they mean for each service
 * to {@code partials}: sums and calls when a window closes, changes and alerts at once, then the tick.
 */
final class SpansProcessor implements Processor<@Nullable String, byte[], @Nullable String, byte[]> {

    private static final List<Topic> KINDS = List.of(Topics.SPANS, Topics.CHANGES, Topics.ALERTS);

    static final String NAME = "spans";
    static final String CLOCK_STORE = "spans-clock";
    static final String TRACE_STORE = "spans-traces";
    static final String WINDOW_STORE = "spans-windows";

    private final SignalsSettings settings;
    private final TopicNames topics;
    private final AvroCodec codec;
    private final AvroCodec state;
    private final Brakes brakes;
    private final Board board;

    // Set by init(), which Kafka Streams calls before anything else, and again on this object after a corrupted task.
    private @Nullable Work work;

    SpansProcessor(
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
        private final Rows traceRows;
        private final Rows windowRows;
        private final Outbox outbox;
        private final Losses losses;
        private final Cuts cuts;
        private final Intake intake;
        private final TraceRows traces;
        private final Visitors visitors;
        private final SpanRoster roster;
        private final SpanWindow spans;
        private final Pace pace;
        private final Closing closing;
        private final List<Cancellable> timers;
        private final Board.Place place;

        private Work(ProcessorContext<@Nullable String, byte[]> context) {
            this.context = context;
            this.partition = context.taskId().partition();
            this.clockRows = rows(CLOCK_STORE);
            this.traceRows = rows(TRACE_STORE);
            this.windowRows = Rows.weighed(context.getStateStore(WINDOW_STORE), state);
            SignalsBounds bounds = settings.bounds();
            this.outbox = new Outbox(context, codec, topics, NAME);
            this.losses = new Losses(clockRows);
            this.cuts = new Cuts(clockRows);
            this.intake = new Intake(
                    codec,
                    clockRows,
                    settings.windows(),
                    topics.horizon(),
                    outbox,
                    losses,
                    new Batches(clockRows, cuts, bounds.batches()),
                    KINDS.stream().map(Topic::name).toList());
            // Services of all partitions have spans in each of them.
            int services = bounds.services() * settings.partitions();
            Roster known = new Roster(services, settings.analyst().learningWindows());
            Crowd crowd = new Crowd(windowRows, bounds.windowBytes());
            this.roster =
                    new SpanRoster(clockRows, known, settings.forgetAfter().toMillis());
            this.visitors = new Visitors(windowRows, known, crowd, services, losses, cuts, true);
            this.traces = new TraceRows(traceRows, cuts, settings.traceWait().toMillis(), bounds.waitingSpans());
            this.spans = new SpanWindow(windowRows, crowd, cuts, partition, settings.operations());
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

        private TaskFacts facts() {
            return new TaskFacts(
                    NAME + "-" + partition,
                    intake.inputs(partition),
                    TaskFacts.Ticks.NONE,
                    closing.open(),
                    Map.of(
                            CLOCK_STORE, clockRows.size(),
                            TRACE_STORE, traceRows.size(),
                            WINDOW_STORE, windowRows.size()),
                    TaskFacts.Services.NONE,
                    0,
                    TaskFacts.Counted.NOTHING);
        }

        private void process(Record<@Nullable String, byte[]> record) {
            String kind = topics.kindOf(context.recordMetadata());
            Class<? extends SpecificRecord> type = kind.equals(Topics.SPANS.name())
                    ? SpanEvent.class
                    : kind.equals(Topics.CHANGES.name()) ? ChangeEvent.class : AlertEvent.class;
            Intake.Read read = intake.read(kind, type, record);
            if (read instanceof Intake.Read.Event event) {
                keep(event);
            } else if (read instanceof Intake.Read.Beat) {
                if (kind.equals(Topics.SPANS.name())) {
                    // By this topic's clock alone, so that what has met by then is a function of its log.
                    traces.forget(intake.watermark(kind) - settings.windows().sizeMillis());
                }
                advance();
            }
        }

        private void advance() {
            closing.advance();
            long slowest = watermark();
            for (Topic topic : KINDS) {
                pace.report(input(topic), intake.watermark(topic.name()), slowest, closing.upTo(), true);
            }
        }

        private void end() {
            timers.forEach(Cancellable::cancel);
            place.close();
            KINDS.forEach(topic -> pace.end(input(topic)));
        }

        private TopicPartition input(Topic topic) {
            return new TopicPartition(topics.topic(topic.name()), partition);
        }

        private void keep(Intake.Read.Event event) {
            if (event.value() instanceof SpanEvent span) {
                keep(span, event.windowStart());
            } else if (event.value() instanceof ChangeEvent change) {
                route(change.getServices(), event, change);
            } else if (event.value() instanceof AlertEvent alert) {
                route(alert.getServices(), event, alert);
            }
        }

        private void keep(SpanEvent span, long windowStart) {
            ServiceBaselines.Name name = new ServiceBaselines.Name(
                    span.getEnvelope().getEnvironment(), span.getEnvelope().getService());
            if (visitors.admit(windowStart, name, Topics.SPANS.name(), 1)) {
                spans.add(span, windowStart, visitors.knows(name));
                join(span);
            }
        }

        private void join(SpanEvent span) {
            Envelope envelope = span.getEnvelope();
            BufferedSpan waiting = new BufferedSpan(
                    envelope.getService(),
                    span.getParentSpanId(),
                    envelope.getEventTime(),
                    span.getDurationNanos(),
                    OperationSpans.failed(span));
            String traceKey = Keys.trace(envelope.getEnvironment(), span.getTraceId());
            long wait = settings.traceWait().toMillis();
            for (TraceJoin.Call call : TraceJoin.join(traces, traceKey, span.getSpanId(), waiting, wait)) {
                long window = settings.windows().startOf(call.completed());
                ServiceBaselines.Name caller = new ServiceBaselines.Name(envelope.getEnvironment(), call.caller());
                if (visitors.admit(window, caller, null, 0)) {
                    spans.add(envelope.getEnvironment(), call, window, visitors.knows(caller));
                }
            }
        }

        /** To each service it names; to every partition when it names none. */
        private void route(List<String> services, Intake.Read.Event event, SpecificRecord value) {
            List<String> targets = services.isEmpty() ? List.of(event.envelope().getService()) : services;
            for (String service : targets) {
                SpecificRecord routed = value instanceof ChangeEvent change
                        ? Routed.of(change, service)
                        : Routed.of((AlertEvent) value, service);
                String key =
                        service.isEmpty() ? null : Keys.service(event.envelope().getEnvironment(), service);
                outbox.send(Sinks.PARTIALS, key, routed);
            }
        }

        @Override
        public long watermark() {
            return intake.watermark();
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
            return intake.covered(start, end);
        }

        @Override
        public long uncoveredUntil(long start, long end) {
            return intake.uncoveredUntil(start, end);
        }

        @Override
        public boolean ended() {
            return intake.ended();
        }

        @Override
        public void close(long start, boolean covered) {
            visitors.settle(start, roster::forget);
            roster.heard(spans.close(start, partial -> outbox.send(Sinks.PARTIALS, keyOf(partial), partial)), start);
        }

        @Override
        public void tick(long upTo, boolean covered, boolean ended) {
            Tick tick = new Tick(
                    partition, settings.partitions(), upTo, covered, ended, losses.take(ended), 0, 0, cuts.take());
            outbox.send(Sinks.PARTIALS, null, tick);
        }

        private String keyOf(SpecificRecord partial) {
            return partial instanceof SpanPartial spanPartial
                    ? Keys.service(spanPartial.getEnvironment(), spanPartial.getService())
                    : Keys.service(((EdgePartial) partial).getEnvironment(), ((EdgePartial) partial).getService());
        }
    }
}
