package io.faultprint.ingest.consume;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.produce.EventProducer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One membership in the group of a topic's readers, from joining to the first failure. Each transaction holds the events
 * and letters of some records, the offsets behind them, and once a second the heartbeats; it is committed before the next
 * {@code poll}, so a partition never changes hands while one is open.
 */
final class TopicSession {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();

    /** A transaction of more than this would be long, and long ones hold back every reader of the event topics. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_RECORDS = 1_000;

    /** What a session works with; the group's id and the topic's name belong together. */
    record Parts(
            String topic,
            Consumer<byte[], byte[]> consumer,
            Producer<String, byte[]> producer,
            EventProducer events,
            Assigned assigned,
            Surveyor surveyor,
            Taker taker,
            Promise promise,
            LossCounters losses,
            TopicWatch watch,
            InstantSource clock) {}

    private final Parts parts;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private long lastBeat;

    TopicSession(Parts parts) {
        this.parts = parts;
        this.lastBeat = System.nanoTime() - BEAT_NANOS;
    }

    /** Reads what there is, if any comes soon, and commits all of it. */
    void step() {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = parts.consumer().poll(POLL);
        } catch (OffsetOutOfRangeException deleted) {
            parts.assigned().lost(deleted.partitions());
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            some.add(record);
            bytes += Math.max(record.serializedValueSize(), 0);
            if (bytes >= MOST_BYTES || some.size() >= MOST_RECORDS) {
                commit(some, false);
                some.clear();
                bytes = 0;
            }
        }
        if (!some.isEmpty() || System.nanoTime() - lastBeat >= BEAT_NANOS) {
            commit(some, true);
        }
    }

    /** @param last whether all that was polled is then taken, and reading stands where the consumer says */
    private void commit(List<ConsumerRecord<byte[], byte[]>> records, boolean last) {
        boolean beat = System.nanoTime() - lastBeat >= BEAT_NANOS;
        if (parts.assigned().partitions().isEmpty()) {
            if (beat) {
                lastBeat = System.nanoTime();
                parts.watch().waits(parts.topic(), parts.surveyor().there(parts.topic()));
            }
            return;
        }
        int events = 0;
        int letters = 0;
        int dropped = 0;
        parts.producer().beginTransaction();
        long now = parts.clock().millis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Tally tally = parts.taker().take(record, now, parts.events());
            parts.losses().received(tally);
            parts.watch().open(tally);
            events += tally.events();
            letters += tally.deadLetters();
            dropped += tally.dropped();
        }
        progress(records, last, now);
        Heartbeat word = beat ? beat() : null;
        parts.producer().sendOffsetsToTransaction(changed(), parts.consumer().groupMetadata());
        parts.producer().commitTransaction();
        parts.losses().settled(new Tally(events, letters, dropped));
        if (word != null) {
            parts.promise().said(word);
        }
        parts.watch()
                .committed(
                        word,
                        parts.assigned().speaks(),
                        reached(),
                        lag(),
                        parts.surveyor().trouble());
    }

    private void progress(List<ConsumerRecord<byte[], byte[]>> records, boolean last, long now) {
        Map<TopicPartition, Long> earliest = new HashMap<>();
        Map<TopicPartition, Long> following = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            earliest.merge(partition, record.timestamp(), Math::min);
            following.put(partition, record.offset() + 1);
        }
        parts.assigned().partitions().forEach((partition, progress) -> {
            Long next = following.get(partition);
            if (next != null) {
                progress.taken(next, earliest.getOrDefault(partition, now), now);
            }
            if (last) {
                progress.at(parts.consumer().position(partition));
            }
        });
    }

    /** Asks for next time, and says what is known now, into every partition, behind the events of this transaction. */
    private @Nullable Heartbeat beat() {
        lastBeat = System.nanoTime();
        Map<TopicPartition, Progress> own = parts.assigned().partitions();
        parts.surveyor().settle(own);
        parts.surveyor().ask(own.keySet());
        if (!parts.assigned().speaks()) {
            return null;
        }
        List<ProgressNote> notes = parts.consumer().partitionsFor(parts.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .map(partition -> Optional.ofNullable(own.get(partition))
                        .map(Progress::note)
                        .orElseGet(() -> parts.surveyor().committed(partition)))
                .toList();
        Heartbeat word = parts.promise().word(notes);
        if (word != null) {
            parts.events().heartbeat((topic, partition) -> word, (topic, partition, problem) -> {});
        }
        return word;
    }

    private Map<TopicPartition, OffsetAndMetadata> changed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        parts.assigned().partitions().forEach((partition, progress) -> {
            OffsetAndMetadata offset =
                    new OffsetAndMetadata(progress.next(), progress.note().text());
            if (!offset.equals(committed.put(partition, offset))) {
                offsets.put(partition, offset);
            }
        });
        return offsets;
    }

    /** How far the partitions that are read here have come; {@link Progress#UNKNOWN} while that is not known of one. */
    private long reached() {
        return parts.assigned().partitions().values().stream()
                .mapToLong(progress -> progress.note().reached())
                .min()
                .orElse(Progress.UNKNOWN);
    }

    private long lag() {
        return parts.assigned().partitions().values().stream()
                .mapToLong(Progress::lag)
                .sum();
    }
}
