package io.faultprint.local.preview;

import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The last records of a topic, from every partition.
 *
 * @param records as its door would get them
 * @param valueless how many more had no value
 * @param kept how many records the topic holds, by its offsets
 */
public record Samples(List<ForeignRecord> records, int valueless, long kept) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Polls without a record that end the reading: a transaction of theirs may be open at the end. */
    private static final int PATIENCE = 15;

    public Samples {
        records = List.copyOf(records);
    }

    /**
     * Reads them; no group is joined and no offset is committed.
     *
     * @param client how a client reaches the broker
     * @throws UsageError when there is no such topic
     */
    public static Samples of(Map<String, Object> client, String topic, int most) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("fetch.max.wait.ms", 50);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<String, List<PartitionInfo>> there = consumer.listTopics();
            List<PartitionInfo> partitions = there.get(topic);
            if (partitions == null) {
                throw new UsageError("topic " + topic + ": is not there"
                        + Spelling.nearest(topic, there.keySet())
                                .map(near -> " (did you mean " + near + "?)")
                                .orElse("; what writes it may not have started"));
            }
            return read(
                    consumer,
                    partitions.stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList(),
                    most);
        }
    }

    private static Samples read(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int most) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // Twice its part of each: behind the marks of transactions stand fewer records than offsets.
        long part = Math.max(1, 2L * most / partitions.size());
        long kept = 0;
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            kept += end - begin;
            consumer.seek(partition, Math.max(begin, end - part));
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
        int quiet = 0;
        while (quiet < PATIENCE && behind(consumer, ends)) {
            var polled = consumer.poll(POLL);
            quiet = polled.isEmpty() ? quiet + 1 : 0;
            polled.forEach(record -> read.computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()), first -> new ArrayList<>())
                    .add(record));
        }
        return pick(read.values(), most, kept);
    }

    private static boolean behind(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    /** The newest of each partition in turn, until there are enough. */
    private static Samples pick(Iterable<List<ConsumerRecord<byte[], byte[]>>> partitions, int most, long kept) {
        List<ForeignRecord> picked = new ArrayList<>();
        int valueless = 0;
        boolean more = true;
        for (int back = 1; more && picked.size() + valueless < most; back++) {
            more = false;
            for (List<ConsumerRecord<byte[], byte[]>> records : partitions) {
                if (back > records.size() || picked.size() + valueless >= most) {
                    continue;
                }
                more = true;
                ConsumerRecord<byte[], byte[]> record = records.get(records.size() - back);
                if (record.value() == null) {
                    valueless++;
                } else {
                    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
                    picked.add(new ForeignRecord(key, record.value(), record.timestamp()));
                }
            }
        }
        return new Samples(picked, valueless, kept);
    }
}
