package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Stamp;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What stands in the event topics: the events with their stamps, and where each stands. */
public final class Sent {

    /**
     * An event as it stands in its topic.
     *
     * @param batch the sender's batch id, or null
     * @param window start of its window, epoch milliseconds
     * @param service whom it is about
     * @param promised how far its partition had come in event time when it was appended, epoch milliseconds
     */
    record Event(
            Book.Kind kind,
            Place place,
            @Nullable String batch,
            int index,
            String service,
            long window,
            long promised) {}

    private final AvroCodec codec = AvroCodec.bundled();
    private final List<Event> events = new ArrayList<>();
    private final Map<Book.Kind, Map<String, BitSet>> stamps = new EnumMap<>(Book.Kind.class);
    private final Map<Book.Kind, Long> foreign = new EnumMap<>(Book.Kind.class);
    private final List<String> invented = new ArrayList<>();
    private final List<String> altered = new ArrayList<>();
    private final Map<Book.Kind, Map<Stamp, Integer>> copies = new EnumMap<>(Book.Kind.class);
    private final Map<TopicPartition, Long> promised = new HashMap<>();
    private final Book book;

    public Sent(Book book) {
        this.book = book;
    }

    /** Takes in a record of an event topic. */
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        Book.Kind kind = kind(record.topic());
        if (kind == null) {
            return;
        }
        SpecificRecord value = decode(record);
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (value instanceof Heartbeat beat) {
            promised.merge(partition, beat.getWatermark(), Math::max);
            return;
        }
        Optional<Stamp> stamp = value == null ? Optional.empty() : stamp(kind, value);
        if (value == null || stamp.isEmpty()) {
            // What the harness put there itself, to be refused.
            foreign.merge(kind, 1L, Long::sum);
            return;
        }
        Envelope envelope =
                (Envelope) value.get(value.getSchema().getField("envelope").pos());
        note(kind, stamp.get(), envelope);
        events.add(new Event(
                kind,
                Place.of(record),
                envelope.getSenderBatchId(),
                envelope.getIndex(),
                envelope.getService(),
                WorldSettings.WINDOWS.startOf(envelope.getEventTime()),
                promised.getOrDefault(partition, Long.MIN_VALUE)));
    }

    private void note(Book.Kind kind, Stamp stamp, Envelope envelope) {
        BitSet seen = stamps(kind).computeIfAbsent(stamp.sender(), key -> new BitSet());
        int sequence = Math.toIntExact(stamp.sequence());
        if (seen.get(sequence)) {
            copies(kind).merge(stamp, 2, (copies, first) -> copies + 1);
        }
        seen.set(sequence);
        if (!book.knows(kind, stamp)) {
            invented.add(kind + " " + stamp.text());
        }
        altered.addAll(
                book.altered(kind, stamp, envelope.getService(), envelope.getEventTime(), envelope.getReceivedAt()));
    }

    private @Nullable SpecificRecord decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : codec.decode(record.value());
        } catch (MalformedRecord poison) {
            return null;
        }
    }

    private static Optional<Stamp> stamp(Book.Kind kind, SpecificRecord value) {
        if (kind == Book.Kind.LOGS && value instanceof LogEvent log) {
            return Stamp.of(log.getAttributes().getOrDefault(Stamp.ATTRIBUTE, ""));
        } else if (kind == Book.Kind.SPANS && value instanceof SpanEvent span) {
            return Stamp.of(span.getAttributes().getOrDefault(Stamp.ATTRIBUTE, ""));
        } else if (kind == Book.Kind.CHANGES && value instanceof ChangeEvent change) {
            return Stamp.of(change.getId());
        } else if (kind == Book.Kind.METRICS && value instanceof MetricEvent point) {
            Object number = point.getValue();
            return number instanceof Double sequence
                    ? Stamp.of(point.getEnvelope().getInstance() + "-" + sequence.longValue())
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Book.@Nullable Kind kind(String topic) {
        for (Book.Kind kind : Book.Kind.values()) {
            if (topic.equals(WorldSettings.RUN.topic(topicOf(kind)))) {
                return kind;
            }
        }
        return null;
    }

    static String topicOf(Book.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    Map<String, BitSet> stamps(Book.Kind kind) {
        return stamps.computeIfAbsent(kind, key -> new HashMap<>());
    }

    List<Event> events() {
        return events;
    }

    /** Records of a topic that are no event of any sender. */
    long foreign(Book.Kind kind) {
        return foreign.getOrDefault(kind, 0L);
    }

    /** Events that nobody made. */
    List<String> invented() {
        return invented;
    }

    /** Events that are not as they were sent. */
    List<String> altered() {
        return altered;
    }

    /** Events that stand in their topic more than once, and how often. */
    Map<Stamp, Integer> copies(Book.Kind kind) {
        return copies.computeIfAbsent(kind, key -> new HashMap<>());
    }
}
