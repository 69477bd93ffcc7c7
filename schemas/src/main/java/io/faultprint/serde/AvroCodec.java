package io.faultprint.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro records as bytes in the Confluent wire format: a zero byte, the schema id (4 bytes, big-endian), the Avro binary
 * form. Safe for many threads.
 *
 * <p>Source: Confluent's documentation, "Schema Registry serializers, wire format".
 */
public final class AvroCodec {

    private static final int HEADER = 5;

    static {
        AvroLimits.apply();
    }

    private final SchemaIds ids;
    private final Map<Schema, SpecificDatumWriter<SpecificRecord>> writers = new ConcurrentHashMap<>();
    private final Map<Integer, SpecificDatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();

    public AvroCodec(SchemaIds ids) {
        this.ids = ids;
    }

    /** A codec over the bundled schemas of all topics. */
    public static AvroCodec bundled() {
        return new AvroCodec(BundledSchemas.ofTopics());
    }

    /** The bytes of a record for a topic. */
    public byte[] encode(String topic, SpecificRecord value) {
        Schema schema = value.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(ids.idOf(topic, schema)).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writers.computeIfAbsent(schema, s -> new SpecificDatumWriter<>(s)).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The record in these bytes, read by the newest version of its type. With a registry it waits for an id that nobody has
     * asked for yet, as long as the registry is away.
     *
     * @throws MalformedRecord when the bytes are not one whole record of a known schema
     */
    public SpecificRecord decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new MalformedRecord("not in the Confluent wire format: "
                    + (bytes.length < HEADER ? bytes.length + " bytes" : "first byte is " + bytes[0] + ", not 0"));
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        SpecificDatumReader<SpecificRecord> reader = readers.get(id);
        if (reader == null) {
            // Not within the map's own lock: a registry may let us wait, and other ids must not wait with this one.
            reader = readerOf(id);
            readers.putIfAbsent(id, reader);
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
        try {
            SpecificRecord value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new MalformedRecord(
                        "bytes follow the end of " + value.getSchema().getFullName());
            }
            return value;
        } catch (IOException | RuntimeException e) {
            if (e instanceof MalformedRecord malformed) {
                throw malformed;
            }
            throw new MalformedRecord(
                    "not a whole record of schema id " + id + ": " + e + ", by byte " + at(decoder, bytes) + " of "
                            + bytes.length,
                    e);
        }
    }

    /** How far it was read: the damage is there or before. */
    private static int at(BinaryDecoder decoder, byte[] bytes) {
        try {
            return Math.min(bytes.length, bytes.length - decoder.inputStream().available());
        } catch (IOException e) {
            return bytes.length;
        }
    }

    private SpecificDatumReader<SpecificRecord> readerOf(int id) {
        Schema written = ids.schemaOf(id);
        Class<?> type = SpecificData.get().getClass(written);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new MalformedRecord("schema id " + id + " is " + written.getFullName() + ", which is none of ours");
        }
        return new SpecificDatumReader<>(written, SpecificData.get().getSchema(type));
    }
}
