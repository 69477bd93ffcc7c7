package io.faultprint.ingest.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that turns a secret into its token: {@code <kind:8 hex digits>}, the first 32 bits of HMAC-SHA256 over kind
 * and value (RFC 2104). Equal secrets give equal tokens, so that people can still see that two lines speak of the same
 * user; without the key nobody can try out guesses.
 */
public final class TokenKey {

    /** The key of local mode and of replays: known to everybody, so it only keeps secrets from a casual reader. */
    public static final String LOCAL = "faultprint-local-mode-key";

    private final ThreadLocal<Mac> macs;

    public TokenKey(String key) {
        SecretKeySpec spec = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> mac(spec));
    }

    String token(String kind, String value) {
        Mac mac = macs.get();
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        return "<" + kind + ":" + HexFormat.of().formatHex(hash, 0, 4) + ">";
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
