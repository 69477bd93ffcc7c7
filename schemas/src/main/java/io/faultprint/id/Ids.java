package io.faultprint.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids: a prefix with the algorithm's version, a dash, and the first 64 bits of the SHA-256 of the fields as 16 hex
 * digits. Each field enters as its UTF-8 length (4 bytes, big-endian) and its bytes, so that no two lists of fields
 * share an encoding. Whoever makes an id lists its fields beside the call.
 */
public final class Ids {

    /** Log and exception signatures. */
    public static final String SIGNATURE = "sig2";

    /** Incidents. */
    public static final String INCIDENT = "inc1";

    /** Clusters. */
    public static final String CLUSTER = "clu1";

    private Ids() {}

    /** The id with this prefix for these fields, in this order. */
    public static String of(String prefix, String... fields) {
        return prefix + "-" + hash(fields);
    }

    /** The 16 hex digits alone. */
    public static String hash(String... fields) {
        MessageDigest digest = sha256();
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
