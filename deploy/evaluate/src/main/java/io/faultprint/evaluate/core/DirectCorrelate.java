package io.faultprint.evaluate.core;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateTopologies;
import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.watch.Board;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * All of correlate in one thread and without a broker: every task of both applications, as many as there are partitions,
 * with what one of them says handed to the others at once. For equal records it says what the stage on Kafka says.
 */
public final class DirectCorrelate implements AutoCloseable {

    /** Where records may stand in time decides nothing: only event time does. */
    private static final long APPENDED = 1;

    /** More timers in a row than any backlog of windows needs would be a defect. */
    private static final int MOST_TICKS = 1_000_000;

    /** Who hears what is written. */
    public interface Listener {

        /**
         * A record, in the order of its topic.
         *
         * @param topic of the catalogue
         */
        void on(Topic topic, byte[] value);
    }

    private final Partitions partitions;
    private final Listener listener;
    private final Map<String, Topic> kinds;
    private final Map<String, List<List<DirectTask>>> readers = new HashMap<>();
    private final List<DirectTask> tasks = new ArrayList<>();
    private final Map<String, long[]> offsets = new HashMap<>();
    private final Deque<ProducerRecord<byte @Nullable [], byte[]>> waiting = new ArrayDeque<>();
    private final Path nowhere;

    /** Starts with empty stores. */
    public DirectCorrelate(CorrelateConfig config, AvroCodec codec, Listener listener) {
        this.partitions = config.partitions().partitions();
        this.listener = listener;
        Run run = config.run().run();
        this.kinds =
                Topics.all().stream().collect(Collectors.toMap(topic -> run.topic(topic.name()), Function.identity()));
        this.nowhere = emptyDirectory();
        CorrelateTopologies topologies = new CorrelateTopologies(config, codec, new SimpleMeterRegistry());
        Wiring signals = new Wiring();
        topologies.signals(signals, new Board(), new Brakes());
        start(signals, partitions.of(Topics.LOGS), true);
        Wiring incidents = new Wiring();
        topologies.incidents(incidents, new Board());
        start(incidents, partitions.of(Topics.DIGESTS), false);
    }

    /** A task begins with a look at its stores, so the folder is there; nothing is ever written into it. */
    private static Path emptyDirectory() {
        try {
            return Files.createTempDirectory("faultprint-evaluate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(Wiring wiring, int count, boolean bare) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "direct");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        File folder = nowhere.toFile();
        for (Wiring.Node node : wiring.nodes()) {
            List<DirectTask> all = new ArrayList<>();
            for (int partition = 0; partition < count; partition++) {
                all.add(new DirectTask(
                        node, partition, bare, settings, folder, (sink, record) -> write(wiring, sink, record)));
            }
            tasks.addAll(all);
            node.sources().stream().flatMap(source -> source.topics().stream()).forEach(topic -> {
                readers.computeIfAbsent(topic, name -> new ArrayList<>()).add(all);
            });
        }
    }

    /** A record of an event topic, with its partition; all that follows from it has followed when this returns. */
    public void read(ProducerRecord<byte @Nullable [], byte[]> record) {
        waiting.add(record);
        drain();
    }

    /** Lets what was left over by bounds of one step be worked off. */
    public void finish() {
        for (int n = 0; n < MOST_TICKS; n++) {
            boolean more = false;
            for (DirectTask task : tasks) {
                more |= task.tick();
            }
            drain();
            if (!more) {
                return;
            }
        }
        throw new IllegalStateException("the tasks do not come to an end");
    }

    private void drain() {
        for (ProducerRecord<byte @Nullable [], byte[]> next = waiting.poll(); next != null; next = waiting.poll()) {
            Topic kind = kinds.get(next.topic());
            if (kind == null) {
                throw new IllegalStateException(next.topic() + " is no topic of this run");
            }
            listener.on(kind, next.value());
            int partition = next.partition();
            long offset = offsets.computeIfAbsent(next.topic(), name -> new long[partitions.of(kind)])[partition]++;
            for (List<DirectTask> reader : readers.getOrDefault(next.topic(), List.of())) {
                reader.get(partition).process(next, offset, APPENDED);
            }
        }
    }

    private void write(Wiring wiring, String name, Record<Object, Object> record) {
        Wiring.Sink sink = wiring.sinks().get(name);
        if (sink == null) {
            throw new IllegalStateException(name + " is no sink");
        }
        Topic kind = kinds.get(sink.topic());
        if (kind == null) {
            throw new IllegalStateException(sink.topic() + " is no topic of this run");
        }
        byte[] key = bytes(sink.keys(), sink.topic(), record.key());
        byte[] value = bytes(sink.values(), sink.topic(), record.value());
        for (int partition : targets(sink, record, partitions.of(kind))) {
            waiting.add(new ProducerRecord<>(sink.topic(), partition, key, value, record.headers()));
        }
    }

    /** Without a partitioner of ours it is a topic that nobody here reads. */
    @SuppressWarnings("unchecked")
    private static Set<Integer> targets(Wiring.Sink sink, Record<Object, Object> record, int count) {
        StreamPartitioner<Object, Object> partitioner = (StreamPartitioner<Object, Object>) sink.partitioner();
        return partitioner == null
                ? Set.of(0)
                : partitioner
                        .partitions(sink.topic(), record.key(), record.value(), count)
                        .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static byte[] bytes(Serializer<?> serializer, String topic, @Nullable Object value) {
        return ((Serializer<Object>) serializer).serialize(topic, value);
    }

    @Override
    public void close() {
        tasks.forEach(DirectTask::close);
        try {
            Files.deleteIfExists(nowhere);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
