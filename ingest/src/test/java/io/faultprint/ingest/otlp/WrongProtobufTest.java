package io.faultprint.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of damage in every field of OTLP in protobuf: it costs its own record, says so, and no more. */
class WrongProtobufTest {

    /** What stands on the wire in a field's place. */
    @SuppressWarnings("ImmutableEnumChecker") // holds nothing but code
    private enum Wire {
        VARINT(false, number -> tag(number, WireFormat.WIRETYPE_VARINT, 1)),
        FIXED32(false, number -> tag(number, WireFormat.WIRETYPE_FIXED32, 1, 2, 3, 4)),
        FIXED64(false, number -> tag(number, WireFormat.WIRETYPE_FIXED64, 1, 2, 3, 4, 5, 6, 7, 8)),
        GROUP(
                false,
                number -> tag(number, WireFormat.WIRETYPE_START_GROUP)
                        .concat(tag(number, WireFormat.WIRETYPE_END_GROUP))),
        /** Neither UTF-8, nor a message, nor a packed list. */
        BYTES(true, number -> tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED, 2, 0xff, 0xfe)),
        LONGER_THAN_THERE_IS(true, number -> tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED, 100, 1)),
        OF_NEGATIVE_LENGTH(
                true, number -> tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED, 0xff, 0xff, 0xff, 0xff, 0x0f)),
        ENDLESS_VARINT(
                true,
                number -> tag(
                        number,
                        WireFormat.WIRETYPE_VARINT,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        1)),
        GROUP_WITHOUT_END(true, number -> tag(number, WireFormat.WIRETYPE_START_GROUP)),
        END_OF_NO_GROUP(true, number -> tag(number, WireFormat.WIRETYPE_END_GROUP)),
        WIRE_TYPE_6(true, number -> tag(number, 6, 1)),
        WIRE_TYPE_7(true, number -> tag(number, 7, 1)),
        FIELD_NUMBER_0(true, number -> tag(0, WireFormat.WIRETYPE_VARINT, 1)),
        GROUPS_IN_GROUPS(true, number -> nested(number, 5_000));

        private final boolean spoils;
        private final java.util.function.IntFunction<ByteString> bytes;

        Wire(boolean spoils, java.util.function.IntFunction<ByteString> bytes) {
            this.spoils = spoils;
            this.bytes = bytes;
        }

        boolean spoils(FieldDescriptor field) {
            // As bytes it is right; as a lone number of another wire type it is unknown, and passed over.
            boolean innocent = field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING
                    || (field.getJavaType() != FieldDescriptor.JavaType.STRING
                            && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                            && !field.isRepeated());
            return this == BYTES ? !innocent : spoils;
        }
    }

    static List<RecordFields.Place> places() {
        return RecordFields.all();
    }

    @ParameterizedTest
    @MethodSource("places")
    void damageCostsItsRecordAndWhatIsOnlyUnknownNothing(RecordFields.Place place) {
        for (Wire wire : Wire.values()) {
            ByteString record = wire.bytes.apply(place.field().getNumber());
            for (int i = place.above().size() - 1; i >= 0; i--) {
                record = Neighbours.field(place.above().get(i).getNumber(), record);
            }

            Decoded decoded =
                    OtlpProtobuf.read(place.signal(), Neighbours.protobuf(place.signal(), record), Parts.upTo(100_000));

            assertOneAtMostIsSpoiled(decoded, wire.spoils(place.field()), record, place + " as " + wire);
        }
    }

    /** A value that holds a value, and so on: deeper than any sender means it, and than a stack would bear. */
    @ParameterizedTest
    @EnumSource
    void aValueThatIsNestedTooDeeplyCostsItsRecord(Signal signal) {
        ByteString value = ByteString.EMPTY;
        for (int depth = 0; depth < 3_000; depth++) {
            value = Neighbours.field(5, Neighbours.field(1, value));
        }
        int attributes = signal == Signal.LOGS ? 6 : signal == Signal.METRICS ? 12 : 9;
        ByteString record = Neighbours.field(attributes, Neighbours.field(2, value));

        Decoded decoded = OtlpProtobuf.read(signal, Neighbours.protobuf(signal, record), Parts.upTo(100_000));

        assertOneAtMostIsSpoiled(decoded, true, record, signal + " nested");
    }

    private static void assertOneAtMostIsSpoiled(Decoded decoded, boolean spoils, ByteString record, String as) {
        assertThat(decoded).as(as).isInstanceOf(Decoded.Request.class);
        Decoded.Request request = (Decoded.Request) decoded;
        assertThat(Neighbours.names(request.message()))
                .as(as)
                .contains("left", "right")
                .hasSize(spoils ? 2 : 3);
        assertThat(request.spoiled()).as(as).hasSize(spoils ? 1 : 0).allSatisfy(spoiled -> {
            assertThat(spoiled.why()).as(as).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
            // A whole request with this record alone.
            assertThat(spoiled.original())
                    .as(as)
                    .isEqualTo(Neighbours.field(1, Neighbours.field(2, Neighbours.field(2, record)))
                            .toByteArray());
        });
    }

    private static ByteString nested(int number, int depth) {
        ByteString begin = tag(number, WireFormat.WIRETYPE_START_GROUP);
        ByteString end = tag(number, WireFormat.WIRETYPE_END_GROUP);
        ByteString.Output out = ByteString.newOutput();
        try {
            for (int i = 0; i < depth; i++) {
                begin.writeTo(out);
            }
            for (int i = 0; i < depth; i++) {
                end.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteString();
    }

    private static ByteString tag(int number, int wire, int... payload) {
        ByteString.Output out = ByteString.newOutput();
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeUInt32NoTag(number << 3 | wire);
            for (int each : payload) {
                coded.writeRawByte((byte) each);
            }
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteString();
    }
}
