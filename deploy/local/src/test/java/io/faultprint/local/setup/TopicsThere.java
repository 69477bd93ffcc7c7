package io.faultprint.local.setup;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics of a broker as one sees them who may see all.
 *
 * @param client how to reach it
 */
public record TopicsThere(Map<String, Object> client) {

    /** The names of all topics with this beginning. */
    public Set<String> names(String prefix) throws Exception {
        try (Admin admin = admin()) {
            Set<String> names = new TreeSet<>(admin.listTopics().names().get());
            names.removeIf(name -> !name.startsWith(prefix));
            return names;
        }
    }

    public Admin admin() {
        return Admin.create(client);
    }

    /** What stands before the records of all topics with this beginning; changelogs, which keep bundled ids, are not read. */
    public Set<Integer> schemaIds(String prefix) throws Exception {
        Set<Integer> ids = new TreeSet<>();
        Set<String> names = names(prefix);
        names.removeIf(name -> name.endsWith("-changelog"));
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = names.stream()
                    .flatMap(name -> reader.partitionsFor(name).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        ids.add(ByteBuffer.wrap(record.value()).getInt(1));
                    }
                }
            }
        }
        return ids;
    }

    /** Partitions and own settings of all topics with this beginning, by the rest of their names. */
    public Map<String, Map<String, String>> shapes(String prefix) throws Exception {
        try (Admin admin = admin()) {
            Set<String> names = names(prefix);
            List<ConfigResource> resources = names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(resources).all().get();
            Map<String, Map<String, String>> shapes = new HashMap<>();
            admin.describeTopics(names).allTopicNames().get().forEach((name, description) -> {
                Map<String, String> shape = new HashMap<>();
                shape.put(
                        "partitions", Integer.toString(description.partitions().size()));
                Objects.requireNonNull(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name)))
                        .entries()
                        .stream()
                        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                        .forEach(entry -> shape.put(entry.name(), entry.value()));
                shapes.put(name.substring(prefix.length()), shape);
            });
            return shapes;
        }
    }
}
