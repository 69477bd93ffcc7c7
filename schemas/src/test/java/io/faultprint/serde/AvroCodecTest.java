package io.faultprint.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.topic.Topics;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroCodecTest {

    private final AvroCodec codec = AvroCodec.bundled();

    static List<Class<? extends SpecificRecord>> types() {
        return Topics.recordTypes();
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatGoesInComesOut(Class<? extends SpecificRecord> type) {
        Schema schema = RandomRecords.schema(type);
        for (GenericRecord expected : RandomRecords.of(schema, 200, 7)) {
            SpecificRecord value = codec.decode(RandomRecords.wire(BundledSchemas.idOf(schema), expected));

            byte[] bytes = codec.encode("any", value);

            assertThat(value).isInstanceOf(type);
            assertThat(RandomRecords.read(schema, bytes)).isEqualTo(expected);
            assertThat(codec.decode(bytes)).isEqualTo(value);
        }
    }

    @Test
    void aRecordIsAZeroByteTheSchemaIdAndItsFieldsInOrder() {
        Heartbeat beat = Heartbeat.newBuilder()
                .setDoor("a")
                .setEpoch(1)
                .setCoveredFrom(2)
                .setWatermark(-1)
                .setFinal$(true)
                .setBacklog(false)
                .build();

        byte[] bytes = codec.encode("faultprint.logs", beat);

        String id = HexFormat.of().toHexDigits(BundledSchemas.idOf(Heartbeat.getClassSchema()));
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00" + id + "0261" + "02" + "04" + "01" + "01" + "00");
        assertThat(id).matches("[4-7][0-9a-f]{7}");
    }

    @Test
    void textOutsideAsciiStaysAsItIs() {
        GenericRecord generic =
                RandomRecords.of(LogEvent.getClassSchema(), 1, 3).get(0);
        generic.put("body", "żółć 火 \uD83D\uDD25 \u0000 \uFFFD");

        SpecificRecord value =
                codec.decode(RandomRecords.wire(BundledSchemas.idOf(LogEvent.getClassSchema()), generic));

        assertThat(((LogEvent) value).getBody()).isEqualTo("żółć 火 \uD83D\uDD25 \u0000 \uFFFD");
        assertThat(codec.decode(codec.encode("logs", value))).isEqualTo(value);
    }

    @Test
    void manyThreadsShareOneCodec() {
        AvroCodec fresh = AvroCodec.bundled();
        List<byte[]> wires = types().stream()
                .flatMap(type -> {
                    Schema schema = RandomRecords.schema(type);
                    return RandomRecords.of(schema, 50, 11).stream()
                            .map(value -> RandomRecords.wire(BundledSchemas.idOf(schema), value));
                })
                .toList();

        List<Boolean> same = IntStream.range(0, 4 * wires.size())
                .parallel()
                .mapToObj(i -> {
                    SpecificRecord value = fresh.decode(wires.get(i % wires.size()));
                    return fresh.decode(fresh.encode("any", value)).equals(value);
                })
                .toList();

        assertThat(same).containsOnly(true);
    }

    @Test
    void theIdComesFromWhoeverHandsThemOut() {
        AvroCodec registered = new AvroCodec(new SchemaIds() {
            @Override
            public int idOf(String topic, Schema schema) {
                assertThat(topic).isEqualTo("faultprint.logs");
                return 42;
            }

            @Override
            public Schema schemaOf(int id) {
                assertThat(id).isEqualTo(42);
                return Heartbeat.getClassSchema();
            }
        });
        SpecificRecord beat = codec.decode(RandomRecords.wire(
                BundledSchemas.idOf(Heartbeat.getClassSchema()),
                RandomRecords.of(Heartbeat.getClassSchema(), 1, 5).get(0)));

        byte[] bytes = registered.encode("faultprint.logs", beat);

        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(42);
        assertThat(registered.decode(bytes)).isEqualTo(beat);
    }

    @Test
    void aRegistryMayKnowSchemasThatAreNotOurs() {
        Schema foreign = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"com.example.Order\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}");
        for (Schema schema : List.of(foreign, Schema.create(Schema.Type.STRING), Schema.createArray(foreign))) {
            AvroCodec registered = new AvroCodec(answering(schema));

            assertThatThrownBy(() -> registered.decode(new byte[] {0, 0, 0, 0, 7, 2}))
                    .isInstanceOf(MalformedRecord.class)
                    .hasMessage("schema id 7 is " + schema.getFullName() + ", which is none of ours");
        }
    }

    @Test
    void aSchemaOfOurNameThatCannotBecomeOursIsNoRecord() {
        Schema impostor = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"io.faultprint.event.Heartbeat\",\"fields\":"
                        + "[{\"name\":\"door\",\"type\":\"int\"}]}");

        assertThatThrownBy(() -> new AvroCodec(answering(impostor)).decode(new byte[] {0, 0, 0, 0, 7, 2}))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageStartingWith("not a whole record of schema id 7: ");
    }

    @Test
    void tombstonesPassThroughTheSerde() {
        AvroSerde<Heartbeat> serde = new AvroSerde<>(codec, Heartbeat.class);

        assertThat(serde.serializer().serialize("logs", nothing())).isNull();
        assertThat(serde.deserializer().deserialize("logs", nothing())).isNull();
    }

    @Test
    void aRecordOfAnotherTypeIsRefusedByTheSerde() {
        AvroSerde<LogEvent> serde = new AvroSerde<>(codec, LogEvent.class);
        byte[] beat = RandomRecords.wire(
                BundledSchemas.idOf(Heartbeat.getClassSchema()),
                RandomRecords.of(Heartbeat.getClassSchema(), 1, 5).get(0));

        assertThatThrownBy(() -> serde.deserializer().deserialize("faultprint.logs", beat))
                .isInstanceOf(MalformedRecord.class)
                .hasMessage("faultprint.logs: holds a io.faultprint.event.Heartbeat where io.faultprint.event.LogEvent"
                        + " belongs");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Kafka hands null to serdes
    private static <T> T nothing() {
        return null;
    }

    private static SchemaIds answering(Schema schema) {
        return new SchemaIds() {
            @Override
            public int idOf(String topic, Schema written) {
                return 7;
            }

            @Override
            public Schema schemaOf(int id) {
                return Objects.requireNonNull(schema);
            }
        };
    }
}
