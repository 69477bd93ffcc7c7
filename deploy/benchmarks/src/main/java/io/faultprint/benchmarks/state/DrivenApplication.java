package io.faultprint.benchmarks.state;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * An application with one partition of everything and without a broker, and what its state comes to: the last value of
 * each key in the changelogs, which is what a restore reads.
 */
final class DrivenApplication implements AutoCloseable {

    private static final String NAME = "driven";

    /** The broker's clock: after every event, so that no promise is ahead of it. */
    private static final Instant APPENDED = Instant.parse("2030-01-01T00:00:00Z");

    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<String, Map<Bytes, Integer>> stores = new TreeMap<>();

    DrivenApplication(Topology topology, Path folder) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, NAME);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        this.driver = new TopologyTestDriver(topology, properties, APPENDED);
    }

    /** Hands it a record. */
    void read(String topic, byte @Nullable [] key, byte[] value) {
        inputs.computeIfAbsent(
                        topic,
                        name -> driver.createInputTopic(
                                name,
                                new ByteArraySerializer(),
                                new ByteArraySerializer(),
                                APPENDED,
                                Duration.ofMillis(1)))
                .pipeInput(key, value);
        tally();
    }

    /** Lets it work off what bounds of one step have left. */
    void later() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        tally();
    }

    /** What it said is forgotten, what it keeps is counted. */
    private void tally() {
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            var out = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            Map<Bytes, Integer> store = topic.endsWith("-changelog")
                    ? stores.computeIfAbsent(topic, name -> new HashMap<>())
                    : new HashMap<>();
            while (!out.isEmpty()) {
                TestRecord<byte[], byte[]> record = out.readRecord();
                byte[] value = record.value();
                if (value == null) {
                    store.remove(Bytes.wrap(record.key()));
                } else if (record.key() != null) {
                    store.put(Bytes.wrap(record.key()), record.key().length + value.length);
                }
            }
        }
    }

    /** Bytes of keys and values in a store. */
    long bytes(String store) {
        Map<Bytes, Integer> rows = stores.getOrDefault(NAME + "-" + store + "-changelog", Map.of());
        return rows.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** The same of all stores. */
    long bytes() {
        return stores.values().stream()
                .flatMap(rows -> rows.values().stream())
                .mapToLong(Integer::longValue)
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
