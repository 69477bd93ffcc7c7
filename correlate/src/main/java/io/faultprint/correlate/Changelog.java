package io.faultprint.correlate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Processor;

/**
 * A topic in which Kafka Streams keeps one store: every store of ours has one.
 *
 * @param topic its full name
 * @param partitions as many as the topics have whose records the store is made of
 */
public record Changelog(String topic, int partitions) {

    /** As Kafka Streams itself would create it. */
    public Map<String, String> settings() {
        return Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime");
    }

    static List<Changelog> of(String application, Topology topology, int partitions) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .flatMap(node -> node instanceof Processor processor ? processor.stores().stream() : Stream.of())
                .distinct()
                .sorted()
                .map(store -> new Changelog(application + "-" + store + "-changelog", partitions))
                .toList();
    }
}
