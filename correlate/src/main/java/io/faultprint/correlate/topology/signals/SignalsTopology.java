package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.watch.Board;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The signals application: two sub-topologies joined by the topic {@code partials}.
 *
 * <pre>
 * spans, changes, alerts  → spans    → partials
 * logs, metrics, partials → services → snapshots, digests, signatures
 * </pre>
 */
public final class SignalsTopology {

    private SignalsTopology() {}

    /**
     * Wires the application; nothing is touched before it is started.
     *
     * @param run whose topics it reads and writes
     * @param codec records of topics, by the bundled catalogue or a registry; state always uses the bundled one
     * @param board where tasks say how they stand
     */
    public static Topology build(SignalsSettings settings, Run run, AvroCodec codec, Board board) {
        return build(settings, run, codec, board, new Brakes());
    }

    /**
     * The same.
     *
     * @param brakes told which inputs had better wait
     */
    public static Topology build(SignalsSettings settings, Run run, AvroCodec codec, Board board, Brakes brakes) {
        Topology topology = new Topology();
        wire(topology, settings, run, codec, board, brakes);
        return topology;
    }

    /** The same, into a topology that is there already. */
    public static void wire(
            Topology topology, SignalsSettings settings, Run run, AvroCodec codec, Board board, Brakes brakes) {
        AvroCodec state = Rows.codec();
        TopicNames topics = new TopicNames(run);

        topology.addSource(
                        "from-spans-changes-alerts",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        run.topic(Topics.SPANS.name()),
                        run.topic(Topics.CHANGES.name()),
                        run.topic(Topics.ALERTS.name()))
                .addProcessor(
                        SpansProcessor.NAME,
                        () -> new SpansProcessor(settings, topics, codec, state, brakes, board),
                        "from-spans-changes-alerts")
                .addStateStore(store(SpansProcessor.CLOCK_STORE), SpansProcessor.NAME)
                .addStateStore(store(SpansProcessor.TRACE_STORE), SpansProcessor.NAME)
                .addStateStore(store(SpansProcessor.WINDOW_STORE), SpansProcessor.NAME);

        topology.addSource(
                        "from-logs-metrics-partials",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        run.topic(Topics.LOGS.name()),
                        run.topic(Topics.METRICS.name()),
                        run.topic(Topics.PARTIALS.name()))
                .addProcessor(
                        ServicesProcessor.NAME,
                        () -> new ServicesProcessor(settings, topics, codec, state, brakes, board),
                        "from-logs-metrics-partials")
                .addStateStore(store(ServicesProcessor.CLOCK_STORE), ServicesProcessor.NAME)
                .addStateStore(store(ServicesProcessor.WINDOW_STORE), ServicesProcessor.NAME)
                .addStateStore(store(ServicesProcessor.BASELINE_STORE), ServicesProcessor.NAME)
                .addStateStore(store(ServicesProcessor.SIGNATURE_STORE), ServicesProcessor.NAME);

        sink(topology, run, Sinks.PARTIALS, Topics.PARTIALS.name(), everyPartitionWithoutKey(), SpansProcessor.NAME);
        sink(topology, run, Sinks.SNAPSHOTS, Topics.SNAPSHOTS.name(), byKey(), ServicesProcessor.NAME);
        sink(topology, run, Sinks.DIGESTS, Topics.DIGESTS.name(), everyPartitionWithoutKey(), ServicesProcessor.NAME);
        sink(topology, run, Sinks.SIGNATURES, Topics.SIGNATURES.name(), byKey(), ServicesProcessor.NAME);
        for (String processor : List.of(SpansProcessor.NAME, ServicesProcessor.NAME)) {
            sink(topology, run, Sinks.of(processor, Sinks.LATE), Topics.LATE.name(), byKey(), processor);
            sink(
                    topology,
                    run,
                    Sinks.of(processor, Sinks.DEAD_LETTERS),
                    Topics.DEAD_LETTERS.name(),
                    byKey(),
                    processor);
        }
    }

    private static void sink(
            Topology topology,
            Run run,
            String name,
            String topic,
            StreamPartitioner<@Nullable String, byte[]> partitioner,
            String parent) {
        topology.addSink(
                name,
                run.topic(topic),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                partitioner,
                parent);
    }

    /** Rows are few and small, so they live in memory; the changelog makes them safe, the cache makes them cheap. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of("cleanup.policy", "compact"))
                .withCachingEnabled();
    }

    /** Where Kafka's default partitioner would put it; without a key, the first partition. */
    private static StreamPartitioner<@Nullable String, byte[]> byKey() {
        return (topic, key, value, partitions) ->
                Optional.of(Set.of(key == null ? 0 : Keys.partition(key, partitions)));
    }

    /** The same, but a record without a key, which is a tick or names no service, goes everywhere. */
    private static StreamPartitioner<@Nullable String, byte[]> everyPartitionWithoutKey() {
        return (topic, key, value, partitions) -> Optional.of(
                key == null
                        ? IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet())
                        : Set.of(Keys.partition(key, partitions)));
    }
}
