package io.faultprint.ingest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What became of a request's body. */
sealed interface Body {

    /**
     * Read and inflated.
     *
     * @param held bytes of the budget that belong to it until it is given up
     */
    @SuppressWarnings("ArrayRecordComponent") // a buffer, never compared
    record Read(byte[] bytes, long held) implements Body {}

    /** Longer than the limit, before or after inflation. */
    record TooLong(String why) implements Body {}

    /** Not what its Content-Encoding says; {@code bytes} as far as they were inflated. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is
    record Broken(String why, byte[] bytes) implements Body {}

    /** Too much is on its way already. */
    record NoRoom() implements Body {}

    /**
     * Reads a body piece by piece, so that neither a long one nor one that inflates a thousandfold is ever held whole
     * before it is refused.
     *
     * @param maxBody most bytes on the wire
     * @param maxInflated most bytes after inflation
     */
    static Body read(InputStream in, boolean gzip, long maxBody, long maxInflated, ByteBudget budget)
            throws IOException {
        Counted counted = new Counted(in, maxBody);
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 << 10);
        long held = 0;
        boolean kept = false;
        try {
            InputStream plain = gzip ? new GZIPInputStream(counted, 16 << 10) : counted;
            byte[] piece = new byte[32 << 10];
            for (int length = plain.read(piece); length >= 0; length = plain.read(piece)) {
                // Twice: the buffer that grows, and the copy that is handed on.
                if (!budget.take(2L * length)) {
                    return new NoRoom();
                }
                held += 2L * length;
                if (held / 2 > maxInflated) {
                    return new TooLong(
                            "the body inflates to more than " + maxInflated + " bytes; send smaller batches");
                }
                out.write(piece, 0, length);
            }
            kept = true;
            return new Read(out.toByteArray(), held);
        } catch (WireLimit e) {
            return new TooLong("the body is longer than " + maxBody + " bytes; send smaller batches");
        } catch (ZipException | java.io.EOFException e) {
            if (!gzip) {
                throw e;
            }
            return new Broken("not a whole gzip stream: " + e.getMessage(), out.toByteArray());
        } finally {
            if (!kept) {
                budget.give(held);
            }
        }
    }

    /** Counts what comes over the wire. */
    final class Counted extends InputStream {
        private final InputStream in;
        private long left;

        Counted(InputStream in, long limit) {
            this.in = in;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new WireLimit();
            }
            return read;
        }
    }

    /** More came than was allowed. */
    final class WireLimit extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
