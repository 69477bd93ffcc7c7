package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.state.EvaluationProgress;
import io.faultprint.correlate.state.GraphEdge;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.correlate.state.SourceProgress;
import io.faultprint.correlate.state.TotalRow;
import io.faultprint.correlate.watch.Board;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.AvroSerde;
import io.faultprint.serde.BundledSchemas;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology of the application {@code incidents}: topic digests in; incidents, clusters, late and dead-letters out.
 * One processor, because a window is evaluated as a whole; every store is in memory with a changelog.
 */
public final class IncidentsTopology {

    static final String SOURCE = "digests-source";
    static final String EVALUATE = "evaluate-windows";
    static final String INCIDENTS = "incidents-sink";
    static final String CLUSTERS = "clusters-sink";
    static final String LATE = "late-sink";
    static final String DEAD_LETTERS = "dead-letters-sink";

    static final String PENDING_STORE = "pending-digests";
    static final String SOURCES_STORE = "sources";
    static final String PROGRESS_STORE = "progress";
    static final String GRAPH_STORE = "graph";
    static final String ABNORMAL_STORE = "abnormal";
    static final String SURPRISES_STORE = "surprises";
    static final String SIGNATURES_STORE = "signatures-said";
    static final String CHANGES_STORE = "recent-changes";
    static final String OPEN_STORE = "open-incidents";
    static final String TOTALS_STORE = "totals";
    /** Knowledge: the one store that a new run may begin with. */
    public static final String CLUSTERS_STORE = "clusters";

    private static final List<Class<? extends SpecificRecord>> STATE = List.of(
            SourceProgress.class,
            EvaluationProgress.class,
            GraphEdge.class,
            AbnormalService.class,
            OpenIncident.class,
            IncidentSurprise.class,
            IncidentSignature.class,
            ChangeRef.class,
            TotalRow.class);

    private IncidentsTopology() {}

    /**
     * Builds it; nothing is touched before it is started.
     *
     * @param run whose topics it reads and writes
     * @param sources how many sources tick: the event partitions
     * @param windows how event time is cut; the same as in signals
     * @param settings everything about incidents that can be set
     * @param configuration fingerprint of the configuration that contents depend on; every incident carries it
     * @param codec records of topics, by the bundled catalogue or a registry; state always uses the bundled one
     * @param meters counts what bounds leave out and how far evaluation has come
     * @param board where tasks say how they stand
     */
    public static Topology build(
            Run run,
            int sources,
            Windows windows,
            IncidentSettings settings,
            String configuration,
            AvroCodec codec,
            MeterRegistry meters,
            Board board) {
        Topology topology = new Topology();
        wire(topology, run, sources, windows, settings, configuration, codec, meters, board);
        return topology;
    }

    /** The same, into a topology that is there already. */
    public static void wire(
            Topology topology,
            Run run,
            int sources,
            Windows windows,
            IncidentSettings settings,
            String configuration,
            AvroCodec codec,
            MeterRegistry meters,
            Board board) {
        topology.addSource(
                SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), run.topic(Topics.DIGESTS.name()));
        topology.addProcessor(
                EVALUATE,
                () -> new EvaluateWindows(run, sources, windows, settings, configuration, codec, meters, board),
                SOURCE);
        stores().forEach(store -> topology.addStateStore(store, EVALUATE));
        byEnvironment(topology, INCIDENTS, run, Topics.INCIDENTS);
        byEnvironment(topology, CLUSTERS, run, Topics.CLUSTERS);
        byKey(topology, LATE, run, Topics.LATE);
        byKey(topology, DEAD_LETTERS, run, Topics.DEAD_LETTERS);
    }

    private static List<StoreBuilder<?>> stores() {
        AvroCodec state = new AvroCodec(BundledSchemas.ofTopicsAnd(STATE));
        return List.of(
                store(PENDING_STORE, Serdes.ByteArray(), new AvroSerde<>(state, Digest.class)),
                store(SOURCES_STORE, Serdes.String(), new AvroSerde<>(state, SourceProgress.class)),
                store(PROGRESS_STORE, Serdes.String(), new AvroSerde<>(state, EvaluationProgress.class)),
                store(GRAPH_STORE, Serdes.String(), new AvroSerde<>(state, GraphEdge.class)),
                store(ABNORMAL_STORE, Serdes.String(), new AvroSerde<>(state, AbnormalService.class)),
                store(SURPRISES_STORE, Serdes.String(), new AvroSerde<>(state, IncidentSurprise.class)),
                store(SIGNATURES_STORE, Serdes.String(), new AvroSerde<>(state, IncidentSignature.class)),
                store(CHANGES_STORE, Serdes.String(), new AvroSerde<>(state, ChangeRef.class)),
                store(OPEN_STORE, Serdes.String(), new AvroSerde<>(state, OpenIncident.class)),
                store(TOTALS_STORE, Serdes.String(), new AvroSerde<>(state, TotalRow.class)),
                store(CLUSTERS_STORE, Serdes.String(), new AvroSerde<>(state, Cluster.class)));
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /** The key names environment and id, the partition is the environment's: one partition tells its whole story. */
    private static void byEnvironment(Topology topology, String name, Run run, Topic topic) {
        StreamPartitioner<byte[], byte[]> partitioner = (t, key, value, partitions) -> Optional.of(
                Set.of(Keys.partition(Keys.environmentOf(new String(key, StandardCharsets.UTF_8)), partitions)));
        topology.addSink(
                name,
                run.topic(topic.name()),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                partitioner,
                EVALUATE);
    }

    private static void byKey(Topology topology, String name, Run run, Topic topic) {
        topology.addSink(name, run.topic(topic.name()), new ByteArraySerializer(), new ByteArraySerializer(), EVALUATE);
    }
}
