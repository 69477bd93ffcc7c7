package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.incident.Story;
import io.faultprint.correlate.watch.Board;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One task of the topology in the test driver: digests and ticks in, all that comes out. */
final class Bench implements AutoCloseable {

    static final AvroCodec CODEC = AvroCodec.bundled();

    final Board board = new Board();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> digests;

    Bench(Path stateDirectory) {
        this(stateDirectory, IncidentSettings.DEFAULT);
    }

    Bench(Path stateDirectory, IncidentSettings settings) {
        this(stateDirectory, settings, 1);
    }

    /** With so many sources that tick. */
    Bench(Path stateDirectory, int sources) {
        this(stateDirectory, IncidentSettings.DEFAULT, sources);
    }

    private Bench(Path stateDirectory, IncidentSettings settings, int sources) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "incidents");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(
                IncidentsTopology.build(Run.MAIN, sources, Windows.DEFAULT, settings, "test", CODEC, meters, board),
                properties,
                Instant.ofEpochMilli(Story.ZERO));
        digests = driver.createInputTopic(
                "faultprint.digests",
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Instant.ofEpochMilli(Story.ZERO).plus(Duration.ofDays(30)),
                Duration.ZERO);
    }

    Bench tell(Story.Telling... tellings) {
        for (Story.Telling telling : tellings) {
            tell(telling.digest());
        }
        return this;
    }

    Bench tell(Digest digest) {
        return raw(digest.getEnvironment(), CODEC.encode("faultprint.digests", digest));
    }

    /** Source {@code source} of {@code sources} has closed the windows up to this one, included. */
    Bench tick(int source, int sources, int lastWindow) {
        return tick(source, sources, lastWindow, true, false);
    }

    Bench tick(int source, int sources, int lastWindow, boolean covered, boolean ended) {
        Tick tick = Tick.newBuilder()
                .setSource(source)
                .setSources(sources)
                .setUpTo(Story.at(lastWindow + 1))
                .setCovered(covered)
                .setEnded(ended)
                .build();
        return raw("", CODEC.encode("faultprint.digests", tick));
    }

    Bench raw(String key, byte @Nullable [] value) {
        digests.pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
        return this;
    }

    Bench aMomentLater() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return this;
    }

    List<Incident> incidents() {
        return out("incidents").stream()
                .map(r -> (Incident) CODEC.decode(r.value()))
                .toList();
    }

    List<Cluster> clusters() {
        return out("clusters").stream()
                .map(r -> (Cluster) CODEC.decode(r.value()))
                .toList();
    }

    /** Everything new in a topic. */
    List<TestRecord<byte[], byte[]>> out(String topic) {
        return driver.createOutputTopic("faultprint." + topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    long rows(String store) {
        long rows = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() {
        driver.close();
    }
}
