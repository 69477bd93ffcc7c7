package io.faultprint.correlate.topology.signals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of state rows: parts one after the other, so that rows sort by window, then service, then the rest. A text part
 * ends with a zero byte; a zero character within it is replaced, so that no text can look like two parts.
 */
final class RowKey {

    private final byte[] bytes;

    private RowKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static RowKey of(char kind) {
        return new RowKey(new byte[] {(byte) kind});
    }

    RowKey then(String text) {
        byte[] part = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
        return new RowKey(ByteBuffer.allocate(bytes.length + part.length + 1)
                .put(bytes)
                .put(part)
                .put((byte) 0)
                .array());
    }

    RowKey then(char kind) {
        return new RowKey(ByteBuffer.allocate(bytes.length + 1)
                .put(bytes)
                .put((byte) kind)
                .array());
    }

    /** Sorts as an unsigned number; for times that is their order, since none is negative. */
    RowKey then(long number) {
        return new RowKey(ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes)
                .putLong(number)
                .array());
    }

    /** All that is not read yet of another key, as it stands there. */
    RowKey thenRest(Parts parts) {
        return new RowKey(ByteBuffer.allocate(bytes.length + parts.rest.remaining())
                .put(bytes)
                .put(parts.rest.duplicate())
                .array());
    }

    Bytes bytes() {
        return Bytes.wrap(bytes);
    }

    /** The least key that is greater than every key that begins with this one. */
    Bytes end() {
        byte[] end = bytes.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xFF) {
                end[i]++;
                return Bytes.wrap(java.util.Arrays.copyOf(end, i + 1));
            }
        }
        throw new IllegalArgumentException("a key of only 0xFF bytes has no end");
    }

    /** The number that a key ends with. */
    static long lastNumber(Bytes key) {
        return ByteBuffer.wrap(key.get(), key.get().length - Long.BYTES, Long.BYTES)
                .getLong();
    }

    /** The text that a key ends with. */
    static String lastText(Bytes key) {
        byte[] bytes = key.get();
        int start = bytes.length - 1;
        while (start > 0 && bytes[start - 1] != 0) {
            start--;
        }
        return new String(bytes, start, bytes.length - 1 - start, StandardCharsets.UTF_8);
    }

    /** Reads the parts of a stored key, in the order in which they were written. */
    static final class Parts {

        private final ByteBuffer rest;

        Parts(Bytes key) {
            this.rest = ByteBuffer.wrap(key.get());
        }

        char kind() {
            return (char) rest.get();
        }

        long number() {
            return rest.getLong();
        }

        String text() {
            int start = rest.position();
            while (rest.get() != 0) {
                // on to the zero byte that ends the part
            }
            return new String(rest.array(), start, rest.position() - start - 1, StandardCharsets.UTF_8);
        }
    }
}
