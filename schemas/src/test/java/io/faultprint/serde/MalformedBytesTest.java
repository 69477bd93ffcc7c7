package io.faultprint.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.snapshot.Digest;
import io.faultprint.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedBytesTest {

    private static final int HEARTBEAT = BundledSchemas.idOf(Heartbeat.getClassSchema());
    private static final int LOG = BundledSchemas.idOf(LogEvent.getClassSchema());

    private final AvroCodec codec = AvroCodec.bundled();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            empty                 | ""             | not in the Confluent wire format: 0 bytes
            too short for an id   | 00400000       | not in the Confluent wire format: 4 bytes
            wrong magic           | 014000000002   | not in the Confluent wire format: first byte is 1, not 0
            plain JSON            | 7b2261223a317d | not in the Confluent wire format: first byte is 123, not 0
            a registry's id       | 000000000702   | schema id 7: not a bundled id (those start at 1073741824); a registry gave it, and none is configured
            id 0                  | 000000000002   | schema id 0: not a bundled id (those start at 1073741824); a registry gave it, and none is configured
            negative id           | 00ffffffff02   | schema id -1: not a bundled id (those start at 1073741824); a registry gave it, and none is configured
            bundled, not known    | 004000000002   | schema id 1073741824 (0x40000000): a bundled id, but of no schema that this build knows; was it written by a newer one?
            """)
    void theMessageSaysWhatIsWrong(String name, String hex, String message) {
        assertThatThrownBy(() -> codec.decode(HexFormat.of().parseHex(hex)))
                .as(name)
                .isInstanceOf(MalformedRecord.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            header alone               | ""
            cut in a number            | 026180
            a number without end       | 0261ffffffffffffffffffffffff
            negative length            | 0161
            length of 900 MB           | 8080808407
            length of 2 GB             | feffffff0f
            length of 4 EB             | 80808080808080808001
            length of 100 bytes, has 1 | c80161
            """)
    void aDamagedBodyIsRefusedWithoutMuchMemory(String name, String body) {
        byte[] bytes = wire(HEARTBEAT, HexFormat.of().parseHex(body.replace("\"", "")));

        assertThatThrownBy(() -> codec.decode(bytes))
                .as(name)
                .isInstanceOf(MalformedRecord.class)
                .hasMessageStartingWith("not a whole record of schema id " + HEARTBEAT + ": ");
    }

    @Test
    void everyTruncationOfARecordIsRefused() {
        byte[] whole = RandomRecords.wire(
                LOG, RandomRecords.of(LogEvent.getClassSchema(), 1, 1).get(0));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(MalformedRecord.class);
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] whole = RandomRecords.wire(
                HEARTBEAT, RandomRecords.of(Heartbeat.getClassSchema(), 1, 1).get(0));

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(MalformedRecord.class)
                .hasMessage("bytes follow the end of io.faultprint.event.Heartbeat");
    }

    /** A builder that fills in a default reads a string, and with it Avro's limits, maybe long before a codec is made. */
    @Test
    void theLimitsHoldEvenWhereAvroWasUsedBefore() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), AvroUsedBefore.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).contains("MalformedRecord").doesNotContain("OutOfMemoryError");
        assertThat(process.waitFor()).isZero();
    }

    @Property(tries = 2000)
    void randomBytesAreARecordOrMalformed(@ForAll @Size(max = 200) byte[] bytes) {
        decodeOrRefuse(bytes);
    }

    @Property(tries = 3000)
    void randomBodiesOfEveryTypeAreARecordOrMalformed(
            @ForAll @IntRange(max = 1000) int type, @ForAll @Size(max = 300) byte[] body) {
        List<Class<? extends SpecificRecord>> types = Topics.recordTypes();

        decodeOrRefuse(wire(BundledSchemas.idOf(RandomRecords.schema(types.get(type % types.size()))), body));
    }

    @Property(tries = 2000)
    void aFlippedByteGivesARecordOrMalformed(
            @ForAll @IntRange(max = 50) int seed, @ForAll @IntRange(max = 100_000) int at, @ForAll byte value) {
        Schema schema = Digest.getClassSchema();
        byte[] bytes = RandomRecords.wire(
                BundledSchemas.idOf(schema), RandomRecords.of(schema, 1, seed).get(0));
        bytes[5 + at % (bytes.length - 5)] = value;

        decodeOrRefuse(bytes);
    }

    private void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(codec.decode(bytes)).isNotNull();
        } catch (MalformedRecord refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    private static byte[] wire(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }
}
