package io.faultprint.correlate.signature;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a masked line belongs, and which rows changed by asking. */
public sealed interface Resolution {

    /** The signature of the line, with its template as it is now. */
    Signature signature();

    /** The hash was known; nothing changed. */
    record Known(Signature signature) implements Resolution {}

    /**
     * The line is a new wording of an old signature.
     *
     * @param widened whether the template changed: then the signature's row is to be written
     * @param learned the row to write
     * @param forgotten the hash whose row is to be deleted, because its signature knows too many
     */
    record Joined(Signature signature, boolean widened, KnownHash learned, OptionalLong forgotten)
            implements Resolution {

        static Joined of(Signature signature, boolean widened, KnownHash learned, @Nullable Long forgotten) {
            return new Joined(
                    signature, widened, learned, forgotten == null ? OptionalLong.empty() : OptionalLong.of(forgotten));
        }
    }

    /** The line founded a signature; both rows are to be written. */
    record Born(Signature signature, KnownHash learned) implements Resolution {}

    /** The service has as many signatures as it may; the line is counted under the flood signature, nothing is kept. */
    record Flooded(Signature signature) implements Resolution {}
}
