package io.faultprint.ingest.http;

import io.faultprint.id.Ids;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a batch that is sent again: the sender's {@code Idempotency-Key} and what was sent under it. Senders
 * know nothing of each other, and counters are popular keys: by the key alone the first would hide the events of the
 * second. Which door took a batch is no part of it, so that it is known at every instance.
 */
final class BatchId {

    private static final int LONGEST = 256;

    private BatchId() {}

    /**
     * @param key the header; null or blank when the sender gave none
     * @param body the whole body after inflation, because a sender may compress anew
     */
    static @Nullable String of(@Nullable String key, byte[] body) {
        if (key == null || key.isBlank()) {
            return null;
        }
        String stripped = key.strip();
        // A key that is too long to keep would be worth nothing cut: two could share their beginning.
        String kept = stripped.length() <= LONGEST ? stripped : Ids.hash(stripped);
        return kept + "~" + hash(body);
    }

    /** The part of an id that the sender gave, for people and tools that look for it. */
    static @Nullable String key(@Nullable String id) {
        return id == null ? null : id.substring(0, id.lastIndexOf('~'));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
