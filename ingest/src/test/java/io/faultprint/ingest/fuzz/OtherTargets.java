package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.change.ChangeReader;
import io.faultprint.ingest.gzip.GzipMembers;
import io.faultprint.ingest.normalise.DeclaredChange;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Changes, gzip, and secrets in text. */
final class OtherTargets {

    private static final Redactor REDACTOR = new Redactor(new TokenKey("a key for tests"));
    private static final Source SOURCE = new Source("door", 1_700_000_000_000L, null, 300_000, false);

    /** What a test inflates of one input; a bomb is refused by the door's own bound. */
    private static final int MOST_INFLATED = 1 << 20;

    /** How often what is hidden may uncover more. */
    private static final int MOST_TIMES = 8;

    private OtherTargets() {}

    static void changes(byte[] input) {
        Bounded.run(input.length, () -> {
            ChangeReader.Result result = ChangeReader.read(input);
            if (result instanceof ChangeReader.Refused refused) {
                assertThat(refused.why()).isNotBlank().hasSizeLessThan(1_000);
                return;
            }
            int index = 0;
            for (DeclaredChange change : ((ChangeReader.Changes) result).changes()) {
                AvroTarget.roundTrip(OtlpTarget.NORMALISER.change(change, SOURCE, index++));
            }
        });
    }

    /** What is inflated to its end is what the JDK makes of it. */
    static void gzip(byte[] input) {
        Bounded.run(input.length + MOST_INFLATED, () -> {
            byte[] ours = inflated(new GzipMembers(new ByteArrayInputStream(input)));
            if (ours != null && ours.length < MOST_INFLATED) {
                try {
                    assertThat(ours).isEqualTo(inflated(new GZIPInputStream(new ByteArrayInputStream(input))));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static byte @Nullable [] inflated(InputStream gzip) {
        try (gzip) {
            return gzip.readNBytes(MOST_INFLATED);
        } catch (IOException damaged) {
            assertThat(damaged).message().isNotBlank();
            return null;
        }
    }

    /** Hiding secrets comes to an end. What secrets that overlap leave over may look like one, and is hidden then. */
    static void redact(byte[] input) {
        String line = new String(input, StandardCharsets.UTF_8);
        Bounded.run(input.length, () -> {
            String before = REDACTOR.redact(line);
            String after = REDACTOR.redact(before);
            for (int again = 0; again < MOST_TIMES && !after.equals(before); again++) {
                before = after;
                after = REDACTOR.redact(before);
            }
            assertThat(after).isEqualTo(before);
        });
    }

    /** A short piece repeated: what is slow is slow by repetition. 144 KiB is four times what is scanned of one line. */
    static void redactRepeated(byte[] input) {
        String piece = new String(input, StandardCharsets.UTF_8);
        String line = piece.repeat((144 << 10) / Math.max(1, piece.length()));
        Bounded.run(line.length(), () -> REDACTOR.redact(line));
    }
}
