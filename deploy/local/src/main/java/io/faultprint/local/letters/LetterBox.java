package io.faultprint.local.letters;

import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic {@code dead-letters} or {@code late} of a run, for reading. Leaves nothing behind in the broker. */
public final class LetterBox implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A transaction of a stage that died is given up by the broker after this at the latest. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic;
    private final Map<String, Object> client;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** What was read: letters from the oldest to the newest, and which of them were sent again. */
    public record Letters(List<StoredLetter> all, Marks marks) {}

    /**
     * Opens the topic of the run.
     *
     * @param client how the broker is reached
     * @throws UsageError when the run has no such topic
     * @throws org.apache.kafka.common.KafkaException when no broker answers
     */
    public LetterBox(Map<String, Object> client, Run run, Topic kind) {
        this.topic = run.topic(kind.name());
        this.client = client;
        this.consumer = consumer(client, IsolationLevel.READ_COMMITTED);
        try {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics();
            List<PartitionInfo> found = topics.get(topic);
            if (found == null) {
                throw new UsageError(Runs.missing(run, kind, topics.keySet()));
            }
            this.partitions = found.stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client, IsolationLevel isolation) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", isolation.toString());
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        // A seek and a close wait for the fetch that is under way, by default half a second.
        settings.put("fetch.max.wait.ms", 50);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The full name of its topic. */
    public String topic() {
        return topic;
    }

    /** The letters that were appended since then, epoch milliseconds. */
    public Letters read(long since) {
        return collect(since, consumer.endOffsets(partitions));
    }

    /**
     * All letters and all marks that any producer has written by now, which includes those that stand behind somebody's
     * open transaction: waits until it has ended.
     */
    Letters readToTheEnd() {
        try (KafkaConsumer<byte[], byte[]> all = consumer(client, IsolationLevel.READ_UNCOMMITTED)) {
            return collect(0, all.endOffsets(partitions));
        }
    }

    private Letters collect(long since, Map<TopicPartition, Long> ends) {
        List<StoredLetter> letters = new ArrayList<>();
        Marks marks = new Marks();
        seek(since);
        scan(ends, (record, headers) -> {
            if (Mark.isOne(headers)) {
                Mark.of(headers).ifPresent(marks::add);
            } else {
                letters.add(StoredLetter.of(record));
            }
            return true;
        });
        letters.sort((a, b) -> a.time() != b.time() ? Long.compare(a.time(), b.time()) : a.id().compareTo(b.id()));
        return new Letters(letters, marks);
    }

    /** Hands out every record up to these ends, until the reader has enough. */
    void scan(Map<TopicPartition, Long> ends, BiPredicate<ConsumerRecord<byte[], byte[]>, LetterHeaders> reader) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
                if (!reader.test(record, LetterHeaders.of(record.headers()))) {
                    return;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(topic + ": not read to its end within " + PATIENCE.toSeconds()
                        + " s; a transaction stands open there");
            }
        }
    }

    private void seek(long since) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        if (since > 0) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, since));
            Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(times);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp at = first.get(partition);
                if (at == null) {
                    consumer.seekToEnd(List.of(partition));
                } else {
                    consumer.seek(partition, at.offset());
                }
            }
        }
    }

    /**
     * One letter with its bytes.
     *
     * @throws UsageError when there is none with this id, saying why
     */
    public ConsumerRecord<byte[], byte[]> get(LetterId id) {
        TopicPartition partition = new TopicPartition(topic, id.partition());
        if (!partitions.contains(partition)) {
            throw new UsageError(id + ": " + topic + " has partitions 0 to " + (partitions.size() - 1) + " and no "
                    + id.partition());
        }
        List<TopicPartition> only = List.of(partition);
        long first = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        if (id.offset() >= end) {
            throw new UsageError(id + ": there is no such letter; those of partition " + id.partition()
                    + (end == first ? " are none" : " end before " + id.partition() + "-" + end));
        }
        if (id.offset() < first) {
            throw new UsageError(id + ": deleted, its retention is over; the oldest of partition " + id.partition()
                    + " is " + id.partition() + "-" + first);
        }
        consumer.assign(only);
        consumer.seek(partition, id.offset());
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        scan(Collections.singletonMap(partition, id.offset() + 1), (record, headers) -> {
            if (record.offset() == id.offset() && !Mark.isOne(headers)) {
                found.add(record);
            }
            return false;
        });
        if (found.isEmpty()) {
            throw new UsageError(id + ": no letter stands there, but a mark of a transaction or of a redrive");
        }
        return found.get(0);
    }

    /** Hands out the records of these letters, in the order of the topic. */
    public void each(List<StoredLetter> letters, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        letters.forEach(letter -> reader.accept(get(letter.id())));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
