package io.faultprint.ingest.replay;

import io.faultprint.ingest.gzip.GzipMembers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, plain or gzip (told by its first two bytes, whatever it is called). */
final class LineReader implements AutoCloseable {

    /** A line beyond this is no telemetry; what is kept of it is enough for a dead letter. */
    static final int LONGEST = 64 << 20;

    private final Counted raw;
    private final InputStream in;
    private final byte[] buffer = new byte[256 << 10];
    private int position;
    private int limit;
    private boolean overlong;

    LineReader(Path file) throws IOException {
        this(Files.newInputStream(file));
    }

    LineReader(InputStream file) throws IOException {
        this.raw = new Counted(file);
        PushbackInputStream peeked = new PushbackInputStream(raw, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        this.in = gzip ? new GzipMembers(peeked) : peeked;
    }

    /** The next line without its end, or null after the last. */
    byte @Nullable [] next() throws IOException {
        overlong = false;
        ByteArrayOutputStream begun = null;
        while (true) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (end < limit) {
                byte[] line = join(begun, end);
                position = end + 1;
                return line;
            }
            begun = begun == null ? new ByteArrayOutputStream() : begun;
            keep(begun, end);
            limit = in.read(buffer);
            position = 0;
            if (limit < 0) {
                limit = 0;
                return begun.size() == 0 ? null : begun.toByteArray();
            }
        }
    }

    /** Whether the line last read was longer than {@link #LONGEST} and is cut. */
    boolean overlong() {
        return overlong;
    }

    /** Bytes of the file read so far, as it lies on disk. */
    long bytesRead() {
        return raw.count;
    }

    private byte[] join(@Nullable ByteArrayOutputStream before, int end) {
        if (before == null) {
            byte[] line = new byte[end - position];
            System.arraycopy(buffer, position, line, 0, line.length);
            return line;
        }
        keep(before, end);
        return before.toByteArray();
    }

    private void keep(ByteArrayOutputStream into, int end) {
        int room = LONGEST - into.size();
        overlong |= end - position > room;
        into.write(buffer, position, Math.min(end - position, room));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counted extends InputStream {
        private final InputStream in;
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
