package io.faultprint.evaluate.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** A topology that remembers what it was made of, so that its processors can be run by somebody else. */
final class Wiring extends Topology {

    /** Topics and how their bytes become keys and values. */
    record Source(List<String> topics, Deserializer<?> keys, Deserializer<?> values) {}

    /** A processor, the sources it reads and the stores it keeps. */
    record Node(
            String name, ProcessorSupplier<?, ?, ?, ?> supplier, List<Source> sources, List<StoreBuilder<?>> stores) {}

    /** A topic and how records get there; without a partitioner Kafka's own decides. */
    record Sink(
            String topic,
            Serializer<?> keys,
            Serializer<?> values,
            @Nullable StreamPartitioner<?, ?> partitioner) {}

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Sink> sinks = new LinkedHashMap<>();

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Map<String, Sink> sinks() {
        return sinks;
    }

    @Override
    public synchronized <K, V> Topology addSource(
            String name, Deserializer<K> keys, Deserializer<V> values, String... topics) {
        sources.put(name, new Source(List.of(topics), keys, values));
        return super.addSource(name, keys, values, topics);
    }

    @Override
    public synchronized <A, B, C, D> Topology addProcessor(
            String name, ProcessorSupplier<A, B, C, D> supplier, String... parents) {
        List<Source> read = new ArrayList<>();
        for (String parent : parents) {
            Source source = sources.get(parent);
            if (source == null) {
                throw new IllegalStateException("processor " + name + " reads " + parent + ", which is no source");
            }
            read.add(source);
        }
        nodes.put(name, new Node(name, supplier, read, new ArrayList<>()));
        return super.addProcessor(name, supplier, parents);
    }

    @Override
    public synchronized <S extends StateStore> Topology addStateStore(StoreBuilder<S> store, String... processors) {
        for (String processor : processors) {
            Node node = nodes.get(processor);
            if (node == null) {
                throw new IllegalStateException(
                        "store " + store.name() + " is for " + processor + ", which is not there");
            }
            node.stores().add(store);
        }
        return super.addStateStore(store, processors);
    }

    @Override
    public synchronized <K, V> Topology addSink(
            String name, String topic, Serializer<K> keys, Serializer<V> values, String... parents) {
        sinks.put(name, new Sink(topic, keys, values, null));
        return super.addSink(name, topic, keys, values, parents);
    }

    @Override
    public synchronized <K, V> Topology addSink(
            String name,
            String topic,
            Serializer<K> keys,
            Serializer<V> values,
            StreamPartitioner<? super K, ? super V> partitioner,
            String... parents) {
        sinks.put(name, new Sink(topic, keys, values, partitioner));
        return super.addSink(name, topic, keys, values, partitioner, parents);
    }
}
