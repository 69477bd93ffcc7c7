package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.PartitionRow;
import io.faultprint.correlate.topology.signals.Losses.Fate;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Refusal;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The way into a task for events: decodes them, keeps each event topic's clock, and settles what is malformed, late or a
 * duplicate, so that what it hands on is to be kept.
 */
final class Intake {

    private final AvroCodec codec;
    private final Rows rows;
    private final Windows windows;
    private final Outbox outbox;
    private final Losses losses;
    private final Batches batches;
    private final Horizon horizon;
    private final Map<String, PartitionClock> clocks = new TreeMap<>();

    /** What the record held. */
    sealed interface Read {

        /** An event to be kept, and the start of its window. */
        record Event(SpecificRecord value, Envelope envelope, long windowStart) implements Read {}

        /** The clock of its topic moved on. */
        record Beat() implements Read {}

        /**
         * Settled as late. Its topic's clock stands in the window with this start, which is open: that, and not what else has
         * been read, decides in which window it is a sign of life.
         */
        record Late(Envelope envelope, long windowStart) implements Read {}

        /** Settled: it was malformed or a duplicate. */
        record Settled() implements Read {}
    }

    /** An intake for the event topics with these kinds. */
    Intake(
            AvroCodec codec,
            Rows rows,
            Windows windows,
            Horizon horizon,
            Outbox outbox,
            Losses losses,
            Batches batches,
            List<String> kinds) {
        this.codec = codec;
        this.rows = rows;
        this.windows = windows;
        this.horizon = horizon;
        this.outbox = outbox;
        this.losses = losses;
        this.batches = batches;
        kinds.forEach(kind -> clocks.put(kind, new PartitionClock(rows.get(clockKey(kind), PartitionRow.class))));
    }

    /**
     * Takes in a record of an event topic.
     *
     * @param kind the topic's short name, which is also the kind of its events
     * @param type the type of event that the topic holds
     */
    Read read(String kind, Class<? extends SpecificRecord> type, Record<@Nullable String, byte[]> record) {
        SpecificRecord value;
        try {
            value = decode(record);
        } catch (MalformedRecord e) {
            return refuse(kind, Fate.DEAD_LETTERED, record, malformed(e));
        }
        if (value instanceof Heartbeat beat) {
            Refusal refusal = HeartbeatChecks.of(beat, record.timestamp(), horizon);
            if (refusal == null && !clock(kind).heartbeat(beat, record.timestamp())) {
                refusal = HeartbeatChecks.tooManyDoors(beat);
            }
            if (refusal != null) {
                // No event, so it is in no equation.
                outbox.refuse(Sinks.DEAD_LETTERS, record, refusal);
                return new Read.Settled();
            }
            rows.put(clockKey(kind), clock(kind).row());
            batches.forget(kind, clock(kind).watermark());
            return new Read.Beat();
        }
        if (!type.isInstance(value)) {
            return refuse(kind, Fate.DEAD_LETTERED, record, wrongType(value, kind));
        }
        return event(kind, record, value);
    }

    private Read event(String kind, Record<@Nullable String, byte[]> record, SpecificRecord value) {
        Envelope envelope =
                (Envelope) value.get(value.getSchema().getField("envelope").pos());
        Refusal refusal = record.value().length > Fitness.LARGEST
                ? tooLarge(record.value().length)
                : Fitness.of(value, envelope, record.key(), record.timestamp(), horizon);
        if (refusal != null) {
            return refuse(kind, Fate.DEAD_LETTERED, record, refusal);
        }
        long end = windows.endOf(envelope.getEventTime());
        if (clock(kind).late(end)) {
            String message = "its window ended at " + end + ", the watermark stood at "
                    + clock(kind).watermark();
            refuse(kind, Fate.LATE, record, new Refusal(Cause.LATE, message));
            return new Read.Late(envelope, windows.startOf(clock(kind).watermark()));
        }
        if (batches.seen(kind, envelope, end)) {
            losses.count(kind, Fate.DUPLICATED);
            return new Read.Settled();
        }
        losses.count(kind, Fate.KEPT);
        return new Read.Event(value, envelope, windows.startOf(envelope.getEventTime()));
    }

    /** Least watermark over the topics; {@link PartitionClock#UNKNOWN} until each has one. */
    long watermark() {
        return clocks.values().stream()
                .mapToLong(PartitionClock::watermark)
                .min()
                .orElse(PartitionClock.UNKNOWN);
    }

    boolean covered(long from, long until) {
        return clocks.values().stream().allMatch(clock -> clock.covered(from, until));
    }

    /** The earliest time that any topic covers. */
    long coveredSince() {
        return clocks.values().stream()
                .mapToLong(PartitionClock::coveredSince)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Where coverage can begin again after an uncovered stretch that touches [from, until). */
    long uncoveredUntil(long from, long until) {
        return clocks.values().stream()
                .mapToLong(clock -> clock.uncoveredUntil(from, until))
                .max()
                .orElse(until);
    }

    boolean ended() {
        return clocks.values().stream().allMatch(PartitionClock::ended);
    }

    /** How far one topic has come. */
    long watermark(String kind) {
        return clock(kind).watermark();
    }

    /** How far each topic has come in this partition, for those who watch. */
    List<TaskFacts.Input> inputs(int partition) {
        List<TaskFacts.Input> inputs = new ArrayList<>();
        clocks.forEach((kind, clock) -> inputs.add(new TaskFacts.Input(
                kind,
                partition,
                clock.watermark(),
                clock.row().getDoors().stream()
                        .map(door -> new TaskFacts.Door(
                                door.getDoor(), door.getWatermark(), door.getAppended(), door.getEnded()))
                        .toList())));
        return inputs;
    }

    /** Decodes a record that is no event. */
    SpecificRecord decode(Record<@Nullable String, byte[]> record) {
        byte[] bytes = record.value();
        if (bytes == null) {
            throw new MalformedRecord("the record has no value");
        }
        return codec.decode(bytes);
    }

    Read refuse(String kind, Fate fate, Record<@Nullable String, byte[]> record, Refusal refusal) {
        losses.count(kind, fate);
        outbox.refuse(fate == Fate.LATE ? Sinks.LATE : Sinks.DEAD_LETTERS, record, refusal);
        return new Read.Settled();
    }

    static Refusal malformed(MalformedRecord e) {
        return new Refusal(Cause.MALFORMED, String.valueOf(e.getMessage()));
    }

    static Refusal wrongType(SpecificRecord value, String kind) {
        return new Refusal(Cause.WRONG_TYPE, value.getSchema().getFullName() + " does not belong into " + kind);
    }

    static Refusal tooLarge(int bytes) {
        return new Refusal(Cause.TOO_LARGE, bytes + " bytes; at most " + Fitness.LARGEST + " can be kept as state");
    }

    private PartitionClock clock(String kind) {
        PartitionClock clock = clocks.get(kind);
        if (clock == null) {
            throw new IllegalArgumentException(
                    "no clock for " + kind + "; known are " + new ArrayList<>(clocks.keySet()));
        }
        return clock;
    }

    private static RowKey clockKey(String kind) {
        return RowKey.of('c').then(kind);
    }
}
