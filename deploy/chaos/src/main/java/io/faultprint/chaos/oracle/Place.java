package io.faultprint.chaos.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Where a record stands.
 *
 * @param topic full name
 */
public record Place(String topic, int partition, long offset) implements Comparable<Place> {

    static Place of(ConsumerRecord<byte[], byte[]> record) {
        return new Place(record.topic(), record.partition(), record.offset());
    }

    /** Where the record stood that was refused into this one; empty when it came in by a door. */
    static Optional<Place> whence(ConsumerRecord<byte[], byte[]> refused) {
        Header topic = refused.headers().lastHeader("faultprint.topic");
        Header partition = refused.headers().lastHeader("faultprint.partition");
        Header offset = refused.headers().lastHeader("faultprint.offset");
        return topic == null || partition == null || offset == null
                ? Optional.empty()
                : Optional.of(new Place(text(topic), Integer.parseInt(text(partition)), Long.parseLong(text(offset))));
    }

    static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Place other) {
        int byTopic = topic.compareTo(other.topic);
        int byPartition = byTopic == 0 ? Integer.compare(partition, other.partition) : byTopic;
        return byPartition == 0 ? Long.compare(offset, other.offset) : byPartition;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + " at " + offset;
    }
}
