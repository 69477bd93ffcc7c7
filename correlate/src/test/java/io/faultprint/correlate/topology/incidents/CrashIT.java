package io.faultprint.correlate.topology.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.incident.RandomStory;
import io.faultprint.correlate.incident.Story;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on a real broker, under exactly_once_v2: whatever happens to it, the same comes out once. */
class CrashIT {

    private static final int WINDOWS = 120;
    private static final Run RUN = new Run("faultprint", "crash");

    @TempDir
    Path directory;

    @Test
    void aCrashedAndRestartedRunSaysWhatAnUndisturbedOneDoes() throws Exception {
        List<Digest> digests = RandomStory.of(42, WINDOWS, "prod", "staging");
        List<List<String>> undisturbed = undisturbed(digests);

        try (NodeProcess kafka = Nodes.kafka(directory.resolve("kafka"))) {
            createTopics(kafka.address());
            // Two defects in the middle of a window, each after state was changed and before it was committed.
            FailingRegistry failing = new FailingRegistry(Set.of(20, 55));
            try (KafkaStreams first = start(kafka.address(), "first", failing)) {
                send(kafka.address(), digests, 0, WINDOWS / 2, false);
                await().dontCatchUncaughtExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> failing.seen() > WINDOWS / 2 - 5);
                first.close(Duration.ZERO);
            }
            // Another machine: nothing but the broker's logs is left.
            try (KafkaStreams second = start(kafka.address(), "second", new SimpleMeterRegistry())) {
                send(kafka.address(), digests, WINDOWS / 2, WINDOWS, true);
                await().dontCatchUncaughtExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> committed(kafka.address(), "incidents").size()
                                >= undisturbed.get(0).size());
                second.close(Duration.ofSeconds(30));
            }

            assertThat(failing.failures()).isEqualTo(2);
            assertThat(committed(kafka.address(), "incidents")).isEqualTo(undisturbed.get(0));
            assertThat(committed(kafka.address(), "clusters")).isEqualTo(undisturbed.get(1));
            assertThat(committed(kafka.address(), "late")).isEmpty();
            assertThat(committed(kafka.address(), "dead-letters")).isEmpty();
        }
    }

    private List<List<String>> undisturbed(List<Digest> digests) {
        try (Bench bench = new Bench(directory.resolve("undisturbed"))) {
            for (int window = 0; window < WINDOWS; window++) {
                inWindow(digests, window).forEach(bench::tell);
                bench.tick(0, 1, window);
            }
            bench.tick(0, 1, WINDOWS, true, true);
            return List.of(
                    bench.out("incidents").stream()
                            .map(r -> text(r.key(), r.value()))
                            .toList(),
                    bench.out("clusters").stream()
                            .map(r -> text(r.key(), r.value()))
                            .toList());
        }
    }

    private KafkaStreams start(String address, String instance, MeterRegistry meters) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, RUN.application("incidents"));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve(instance).toString());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put("auto.offset.reset", "earliest");
        properties.put("session.timeout.ms", 6_000);
        KafkaStreams streams = new KafkaStreams(
                IncidentsTopology.build(
                        RUN,
                        1,
                        Windows.DEFAULT,
                        IncidentSettings.DEFAULT,
                        "test",
                        Bench.CODEC,
                        meters,
                        new io.faultprint.correlate.watch.Board()),
                properties);
        streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
        return streams;
    }

    private static void createTopics(String address) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            new TopicAdmin(admin, RUN, new Partitions(1, 1)).ensure((short) 1);
        }
    }

    private static void send(String address, List<Digest> digests, int from, int to, boolean end) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int window = from; window < to; window++) {
            for (Digest digest : inWindow(digests, window)) {
                records.add(new ProducerRecord<>(
                        RUN.topic("digests"),
                        digest.getEnvironment().getBytes(StandardCharsets.UTF_8),
                        Bench.CODEC.encode("digests", digest)));
            }
            records.add(new ProducerRecord<>(RUN.topic("digests"), tick(window, false)));
        }
        if (end) {
            records.add(new ProducerRecord<>(RUN.topic("digests"), tick(to, true)));
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", address);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static byte[] tick(int window, boolean ended) {
        return Bench.CODEC.encode(
                "digests",
                Tick.newBuilder()
                        .setSource(0)
                        .setSources(1)
                        .setUpTo(Story.at(window + 1))
                        .setCovered(true)
                        .setEnded(ended)
                        .build());
    }

    private static List<Digest> inWindow(List<Digest> digests, int window) {
        return digests.stream()
                .filter(d -> d.getWindowStart() == Story.at(window))
                .toList();
    }

    /** All committed records of a topic of one partition. */
    private static List<String> committed(String address, String topic) {
        // Closing waits for the fetch that is under way, by default half a second.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed", "fetch.max.wait.ms", 50);
        TopicPartition partition = new TopicPartition(RUN.topic(topic), 0);
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> found.add(text(r.key(), r.value())));
            }
        }
        return found;
    }

    private static String text(byte[] key, byte[] value) {
        return new String(key, StandardCharsets.UTF_8) + " " + HexFormat.of().formatHex(value);
    }

    /** Fails when the windows evaluated reach certain numbers: a defect at the worst moment, after the state changed. */
    private static final class FailingRegistry extends SimpleMeterRegistry {

        private final AtomicInteger windows = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final Set<Integer> failAt;

        private FailingRegistry(Set<Integer> failAt) {
            this.failAt = failAt;
        }

        private int seen() {
            return windows.get();
        }

        private int failures() {
            return failures.get();
        }

        @Override
        protected Counter newCounter(Meter.Id id) {
            Counter real = super.newCounter(id);
            return id.getName().equals("faultprint.incidents.windows.evaluated") ? new Failing(real) : real;
        }

        private final class Failing implements Counter {

            private final Counter real;

            private Failing(Counter real) {
                this.real = real;
            }

            @Override
            public void increment(double amount) {
                if (failAt.contains(windows.incrementAndGet())) {
                    failures.incrementAndGet();
                    throw new IllegalStateException("a defect, on purpose");
                }
                real.increment(amount);
            }

            @Override
            public double count() {
                return real.count();
            }

            @Override
            public Meter.Id getId() {
                return real.getId();
            }
        }
    }
}
