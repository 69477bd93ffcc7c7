package io.faultprint.correlate.topology.incidents;

import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Surprise;
import io.faultprint.time.Windows;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a digest must be before it may reach an incident. */
final class DigestChecks {

    private DigestChecks() {}

    /** @throws MalformedRecord naming what is wrong with it */
    static void check(byte @Nullable [] key, Digest digest, Windows windows) {
        if (digest.getEnvironment().isEmpty() || digest.getService().isEmpty()) {
            throw new MalformedRecord(
                    "a digest without " + (digest.getService().isEmpty() ? "service" : "environment"));
        }
        String named = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!named.equals(digest.getEnvironment())) {
            throw new MalformedRecord("a digest of environment " + digest.getEnvironment() + " under the key '" + named
                    + "': the key decides the partition, so they must agree");
        }
        if (digest.getWindowStart() != windows.startOf(digest.getWindowStart())
                || digest.getWindowEnd() != digest.getWindowStart() + windows.sizeMillis()) {
            throw new MalformedRecord("a digest of [" + digest.getWindowStart() + ", " + digest.getWindowEnd()
                    + "), which is no window of " + windows.sizeMillis() + " ms");
        }
        if (!Double.isFinite(digest.getStrength())) {
            throw new MalformedRecord("a digest of strength " + digest.getStrength());
        }
        for (Surprise surprise : digest.getSurprises()) {
            if (!Double.isFinite(surprise.getScore())) {
                throw new MalformedRecord("a surprise of score " + surprise.getScore() + ": " + surprise.getLabel());
            }
        }
    }
}
