package io.faultprint.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * An {@link AvroCodec} as Kafka asks for it, for records of one type.
 *
 * @param <T> the type; {@link SpecificRecord} for a topic of several types
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private final AvroCodec codec;
    private final Class<T> type;

    public AvroSerde(AvroCodec codec, Class<T> type) {
        this.codec = codec;
        this.type = type;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null is a tombstone and stays null
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : codec.encode(topic, value);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null is a tombstone and stays null
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private T read(String topic, byte[] bytes) {
        SpecificRecord value = codec.decode(bytes);
        if (!type.isInstance(value)) {
            throw new MalformedRecord(
                    topic + ": holds a " + value.getSchema().getFullName() + " where " + type.getName() + " belongs");
        }
        return type.cast(value);
    }
}
