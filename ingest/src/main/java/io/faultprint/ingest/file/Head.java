package io.faultprint.ingest.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first bytes of a file, by which it is known again: inodes are given out anew, and a copy has the same beginning.
 *
 * @param length how many bytes, at most 1024
 * @param hash of them, 32 hex digits
 */
record Head(int length, String hash) {

    /** Longer than what frameworks print before their first line with a time. */
    static final int LONGEST = 1_024;

    static final Head NONE = new Head(0, "");

    /** Of the first bytes, as many as there are. */
    static Head of(FileChannel file) throws IOException {
        return of(file, LONGEST);
    }

    private static Head of(FileChannel file, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // Reads until the buffer is full or the file ends.
        }
        bytes.flip();
        return bytes.hasRemaining() ? new Head(bytes.remaining(), hash(bytes)) : NONE;
    }

    /** Whether a file begins with these bytes. */
    boolean begins(FileChannel file) throws IOException {
        return length == 0 || equals(of(file, length));
    }

    private static String hash(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
