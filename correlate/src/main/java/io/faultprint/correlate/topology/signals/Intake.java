package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.PartitionRow;
import io.faultprint.correlate.topology.signals.Losses.Fate;
import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
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
    private final Map<String, PartitionClock> clocks = new TreeMap<>();

    /** What the record held. */
    sealed interface Read {

        /** An event to be kept, and the start of its window. */
        record Event(SpecificRecord value, Envelope envelope, long windowStart) implements Read {}

        /** The clock of its topic moved on. */
        record Beat() implements Read {}

        /** Settled: it was malformed, late or a duplicate. */
        record Settled() implements Read {}
    }

    /** An intake for the event topics with these kinds. */
    Intake(
            AvroCodec codec,
            Rows rows,
            Windows windows,
            Outbox outbox,
            Losses losses,
            Batches batches,
            List<String> kinds) {
        this.codec = codec;
        this.rows = rows;
        this.windows = windows;
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
            return refuse(kind, Fate.DEAD_LETTERED, record, "MALFORMED", String.valueOf(e.getMessage()));
        }
        if (value instanceof Heartbeat beat) {
            PartitionClock clock = clock(kind);
            if (!clock.heartbeat(beat, record.timestamp())) {
                outbox.refuse(
                        Sinks.DEAD_LETTERS,
                        record,
                        "TOO_MANY_DOORS",
                        "door " + beat.getDoor() + ": " + PartitionClock.MOST_DOORS
                                + " others speak here already; nobody waits for this one, and its events may be late");
                return new Read.Settled();
            }
            rows.put(clockKey(kind), clock.row());
            batches.forget(kind, clock.watermark());
            return new Read.Beat();
        }
        if (!type.isInstance(value)) {
            return refuse(
                    kind,
                    Fate.DEAD_LETTERED,
                    record,
                    "WRONG_TYPE",
                    value.getSchema().getFullName() + " does not belong into " + kind);
        }
        return event(kind, record, value);
    }

    private Read event(String kind, Record<@Nullable String, byte[]> record, SpecificRecord value) {
        Envelope envelope =
                (Envelope) value.get(value.getSchema().getField("envelope").pos());
        Fitness.Unfit unfit = Fitness.of(value, envelope);
        if (unfit != null) {
            return refuse(kind, Fate.DEAD_LETTERED, record, unfit.cause(), unfit.message());
        }
        long end = windows.endOf(envelope.getEventTime());
        if (clock(kind).late(end)) {
            String message = "its window ended at " + end + ", the watermark stood at "
                    + clock(kind).watermark();
            return refuse(kind, Fate.LATE, record, "LATE", message);
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

    boolean ended() {
        return clocks.values().stream().allMatch(PartitionClock::ended);
    }

    /** How far one topic has come. */
    long watermark(String kind) {
        return clock(kind).watermark();
    }

    /** Decodes a record that is no event. */
    SpecificRecord decode(Record<@Nullable String, byte[]> record) {
        byte[] bytes = record.value();
        if (bytes == null) {
            throw new MalformedRecord("the record has no value");
        }
        return codec.decode(bytes);
    }

    Read refuse(String kind, Fate fate, Record<@Nullable String, byte[]> record, String cause, String message) {
        losses.count(kind, fate);
        outbox.refuse(fate == Fate.LATE ? Sinks.LATE : Sinks.DEAD_LETTERS, record, cause, message);
        return new Read.Settled();
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
