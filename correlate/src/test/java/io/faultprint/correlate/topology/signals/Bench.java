package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.watch.Board;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.CutCount;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The signals application with one partition in the test driver. */
final class Bench implements AutoCloseable {

    static final AvroCodec CODEC = AvroCodec.bundled();
    static final List<String> EVENTS = List.of("logs", "metrics", "spans", "changes", "alerts");
    static final SignalsSettings SETTINGS =
            SignalsSettings.defaults(Windows.DEFAULT, 1, 1, AnalystSettings.defaults("test"));

    final Board board = new Board();
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> in = new HashMap<>();
    private final Map<String, TestOutputTopic<byte[], byte[]>> out = new HashMap<>();
    private final Map<String, List<TestRecord<byte[], byte[]>>> read = new TreeMap<>();
    /** The broker's clock; days ahead of the events, so that no promise of a test is ahead of it. */
    private long appended = Events.ZERO + Duration.ofDays(30).toMillis();

    Bench(Path stateDirectory) {
        this(stateDirectory, SETTINGS);
    }

    Bench(Path stateDirectory, SignalsSettings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "signals");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(
                SignalsTopology.build(settings, Run.MAIN, CODEC, board), properties, Instant.ofEpochMilli(Events.ZERO));
        for (String topic :
                Stream.concat(EVENTS.stream(), Stream.of("partials")).toList()) {
            in.put(
                    topic,
                    driver.createInputTopic(
                            "faultprint." + topic, new ByteArraySerializer(), new ByteArraySerializer()));
        }
        for (String topic : List.of("snapshots", "digests", "signatures", "late", "dead-letters")) {
            out.put(
                    topic,
                    driver.createOutputTopic(
                            "faultprint." + topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
    }

    /** The rows of a store, to put there what an earlier release left behind. */
    Rows state(String store) {
        return new Rows(driver.<Bytes, byte[]>getKeyValueStore(store), Rows.codec());
    }

    Bench tell(SpecificRecord... events) {
        for (SpecificRecord event : events) {
            String topic = topicOf(event);
            raw(topic, keyOf(event), CODEC.encode("faultprint." + topic, event));
        }
        return this;
    }

    Bench raw(String topic, @Nullable String key, byte @Nullable [] value) {
        return raw(topic, key, value, appended);
    }

    private Bench raw(String topic, @Nullable String key, byte @Nullable [] value, long when) {
        TestInputTopic<byte[], byte[]> input = in.get(topic);
        if (input == null) {
            throw new IllegalArgumentException(topic);
        }
        input.pipeInput(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, when);
        return this;
    }

    /** The one door promises this in every event topic; it has seen everything since {@link Events#ZERO}. */
    Bench beat(long watermark) {
        EVENTS.forEach(topic -> beat(topic, watermark));
        return this;
    }

    Bench beat(String topic, long watermark) {
        return beat(topic, new Heartbeat("door", 1L, Events.ZERO, watermark, false, false));
    }

    Bench beat(String topic, Heartbeat beat) {
        return raw(topic, "", CODEC.encode("faultprint." + topic, beat), appended++);
    }

    /** The same in every event topic. */
    Bench beat(Heartbeat beat) {
        EVENTS.forEach(topic -> beat(topic, beat));
        return this;
    }

    /** Everything up to and with this window is in. */
    Bench closed(int window) {
        return beat(Events.at(window + 1));
    }

    /** The broker's clock goes on, and nothing is appended. */
    Bench later(Duration time) {
        appended += time.toMillis();
        return this;
    }

    Bench aMomentLater() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return this;
    }

    List<Snapshot> snapshots() {
        return all("snapshots", Snapshot.class);
    }

    Snapshot snapshot(String service, int window) {
        return snapshots().stream()
                .filter(s -> s.getService().equals(service) && s.getWindowStart() == Events.at(window))
                .reduce((one, two) -> {
                    throw new AssertionError("two snapshots of " + service + " in window " + window);
                })
                .orElseThrow(() -> new AssertionError("no snapshot of " + service + " in window " + window));
    }

    List<Digest> digests() {
        return all("digests", Digest.class);
    }

    Digest digest(String service, int window) {
        return digests().stream()
                .filter(d -> d.getService().equals(service) && d.getWindowStart() == Events.at(window))
                .findAny()
                .orElseThrow(() -> new AssertionError("no digest of " + service + " in window " + window));
    }

    List<Tick> ticks() {
        return all("digests", Tick.class);
    }

    List<SignatureEntry> signatures() {
        return all("signatures", SignatureEntry.class);
    }

    /** What the ticks so far say of one kind of event, added up. */
    LossCount losses(String kind) {
        LossCount sum = new LossCount(kind, 0L, 0L, 0L, 0L, 0L, 0L);
        for (Tick tick : ticks()) {
            for (LossCount c : tick.getCounts()) {
                if (c.getKind().equals(kind)) {
                    sum = new LossCount(
                            kind,
                            sum.getIn() + c.getIn(),
                            sum.getKept() + c.getKept(),
                            sum.getLate() + c.getLate(),
                            sum.getDuplicated() + c.getDuplicated(),
                            sum.getDeadLettered() + c.getDeadLettered(),
                            sum.getDropped() + c.getDropped());
                }
            }
        }
        return sum;
    }

    /** What the ticks so far say that a bound left out. */
    long cuts(Cut bound) {
        return ticks().stream()
                .flatMap(tick -> tick.getCuts().stream())
                .filter(cut -> cut.getBound().equals(bound.label()))
                .mapToLong(CutCount::getCount)
                .sum();
    }

    /** Everything that was ever written to a topic. */
    List<TestRecord<byte[], byte[]>> out(String topic) {
        TestOutputTopic<byte[], byte[]> output = out.get(topic);
        if (output == null) {
            throw new IllegalArgumentException(topic);
        }
        List<TestRecord<byte[], byte[]>> all = read.computeIfAbsent(topic, name -> new ArrayList<>());
        all.addAll(output.readRecordsToList());
        return all;
    }

    int rows(String store) {
        int rows = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    private <T> List<T> all(String topic, Class<T> type) {
        return out(topic).stream()
                .map(r -> CODEC.decode(r.value()))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static String topicOf(SpecificRecord event) {
        if (event instanceof LogEvent) {
            return "logs";
        } else if (event instanceof MetricEvent) {
            return "metrics";
        } else if (event instanceof SpanEvent) {
            return "spans";
        } else if (event instanceof ChangeEvent) {
            return "changes";
        } else if (event instanceof AlertEvent) {
            return "alerts";
        }
        throw new IllegalArgumentException("no topic for " + event.getSchema().getName());
    }

    static String keyOf(SpecificRecord event) {
        Envelope envelope = (Envelope) event.get(0);
        if (event instanceof SpanEvent span) {
            return Keys.trace(envelope.getEnvironment(), span.getTraceId());
        }
        return event instanceof LogEvent || event instanceof MetricEvent
                ? Keys.service(envelope.getEnvironment(), envelope.getService())
                : envelope.getEnvironment();
    }

    @Override
    public void close() {
        driver.close();
    }
}
