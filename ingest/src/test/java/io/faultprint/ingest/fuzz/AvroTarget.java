package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.BundledSchemas;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The decoder that every reader of a topic uses. */
final class AvroTarget {

    /** Kafka's own limit is a mebibyte, with headers and overhead. */
    private static final int LONGEST = 900 << 10;

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final List<Schema> SCHEMAS = Topics.recordTypes().stream()
            .map(type -> SpecificData.get().getSchema(type))
            .toList();

    private AvroTarget() {}

    /** The first byte chooses the type, so that the fuzzer need not find the four bytes of an id. */
    static void body(byte[] input) {
        if (input.length > 0) {
            Schema schema = SCHEMAS.get((input[0] & 0xff) % SCHEMAS.size());
            byte[] body = Arrays.copyOfRange(input, 1, input.length);
            wire(ByteBuffer.allocate(5 + body.length)
                    .put((byte) 0)
                    .putInt(BundledSchemas.idOf(schema))
                    .put(body)
                    .array());
        }
    }

    static void wire(byte[] bytes) {
        Bounded.run(bytes.length, () -> {
            SpecificRecord record;
            try {
                record = CODEC.decode(bytes);
            } catch (MalformedRecord refused) {
                assertThat(refused).message().isNotBlank();
                return;
            }
            // Held by its bytes: two records that hold NaN are not equal to Avro.
            byte[] once = CODEC.encode("any", record);
            assertThat(CODEC.encode("any", CODEC.decode(once))).isEqualTo(once);
        });
    }

    /** An event fits into a record, and is read as it was written, but for half a character, which becomes a '?'. */
    static void roundTrip(Outcome.Parsed parsed) {
        byte[] bytes = CODEC.encode(parsed.topic().name(), parsed.event());
        assertThat(bytes.length + parsed.key().length()).isLessThan(LONGEST);
        SpecificRecord read = CODEC.decode(bytes);
        boolean halves = parsed.event().toString().codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff);
        assertThat(halves ? CODEC.decode(CODEC.encode(parsed.topic().name(), read)) : parsed.event())
                .isEqualTo(read);
    }
}
