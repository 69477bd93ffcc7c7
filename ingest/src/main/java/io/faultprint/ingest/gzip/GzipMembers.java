package io.faultprint.ingest.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates a gzip stream of one or more members (RFC 1952). The JDK's own stream takes anything after the first member
 * that is no second one for its end, and what has not arrived yet too; here nothing is passed over in silence.
 */
public final class GzipMembers extends InputStream {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[16 << 10];
    private int position;
    private int limit;
    private long members;
    private boolean within;
    private boolean ended;

    public GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws ZipException when what follows is no gzip member, or a member is damaged
     * @throws EOFException when the stream breaks off within a member
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!within) {
                header();
                continue;
            }
            int inflated = inflate(into, offset, length);
            if (inflated > 0) {
                checksum.update(into, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                trailer();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("it asks for a dictionary");
            } else if (inflater.needsInput()) {
                if (position == limit && !fill()) {
                    throw new EOFException("it breaks off");
                }
                inflater.setInput(buffer, position, limit - position);
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws ZipException {
        try {
            int inflated = inflater.inflate(into, offset, length);
            position = limit - inflater.getRemaining();
            return inflated;
        } catch (DataFormatException damaged) {
            throw new ZipException(String.valueOf(damaged.getMessage()));
        }
    }

    private void header() throws IOException {
        if (position == limit && !fill()) {
            if (members == 0) {
                throw new EOFException("it is empty");
            }
            ended = true;
            return;
        }
        checksum.reset();
        if (head() != 0x1f || head() != 0x8b) {
            throw new ZipException(
                    members == 0
                            ? "it does not begin with 1f 8b"
                            : "what follows member " + members + " is no gzip member");
        }
        int method = head();
        int flags = head();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw new ZipException("method " + method + ", flags " + flags + ": not known");
        }
        skipHead(6);
        if ((flags & EXTRA) != 0) {
            skipHead(head() | head() << 8);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            while ((flags & text) != 0 && head() != 0) {
                // Names and comments end at a zero and say nothing about the data.
            }
        }
        long checked = checksum.getValue() & 0xffff;
        if ((flags & HEADER_CRC) != 0 && (next() | next() << 8) != checked) {
            throw new ZipException("checksum of a header is not that of its bytes");
        }
        members++;
        within = true;
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        checksum.reset();
    }

    private void trailer() throws IOException {
        long written = inflater.getBytesWritten() & 0xffffffffL;
        if (word() != checksum.getValue() || word() != written) {
            throw new ZipException("checksum or length of member " + members + " are not those of its data");
        }
        within = false;
    }

    private long word() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skipHead(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            head();
        }
    }

    /** A byte of a header, which may have a checksum of its own. */
    private int head() throws IOException {
        int value = next();
        checksum.update(value);
        return value;
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("it breaks off");
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
