package io.faultprint.local.determinism;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a run said: the records of its topics by key, in order, as hashes with where they stand, and the lines of {@code
 * replay --incidents}.
 *
 * @param records by topic, in the order in which one follows from the other, then by key
 * @param lines as written
 */
record Said(Map<String, Map<String, List<Word>>> records, List<String> lines) {

    /** One record: where it stands, and a hash of its bytes. */
    record Word(TopicPartition partition, long offset, long hash) {}

    private static final List<Topic> TOPICS =
            List.of(Topics.SIGNATURES, Topics.SNAPSHOTS, Topics.INCIDENTS, Topics.CLUSTERS, Topics.DIAGNOSES);

    private static final AvroCodec CODEC = AvroCodec.bundled();

    static Said read(String kafka, Run run, Partitions partitions, List<String> lines) {
        Map<String, Map<String, List<Word>>> records = new LinkedHashMap<>();
        for (Topic topic : TOPICS) {
            Map<String, List<Word>> byKey = new TreeMap<>();
            List<TopicPartition> all = new ArrayList<>();
            for (int p = 0; p < partitions.of(topic); p++) {
                all.add(new TopicPartition(run.topic(topic.name()), p));
            }
            try (LogReader reader = LogReader.of(kafka, all)) {
                reader.forEachRemaining(record -> take(topic, record, byKey));
            }
            records.put(topic.name(), byKey);
        }
        return new Said(records, List.copyOf(lines));
    }

    private static void take(Topic topic, ConsumerRecord<byte[], byte[]> record, Map<String, List<Word>> byKey) {
        // A claim says who works on a diagnosis and until when, by the owner's clock; the diagnosis itself follows.
        boolean claim = topic.equals(Topics.DIAGNOSES)
                && CODEC.decode(record.value()) instanceof Diagnosis diagnosis
                && diagnosis.getState() == DiagnosisState.CLAIMED;
        if (claim) {
            return;
        }
        List<Word> words =
                byKey.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>());
        if (topic.equals(Topics.SIGNATURES)) {
            // Compacted at any time: only the last record of a key is sure to be there.
            words.clear();
        }
        words.add(new Word(
                new TopicPartition(record.topic(), record.partition()), record.offset(), hash(record.value())));
    }

    private static long hash(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** How many records there are of a topic. */
    long count(Topic topic) {
        return records.getOrDefault(topic.name(), Map.of()).values().stream()
                .mapToLong(List::size)
                .sum();
    }

    /** How many records there are. */
    long count() {
        return TOPICS.stream().mapToLong(this::count).sum();
    }
}
