package io.faultprint.correlate.signature;

import java.util.List;

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
     * @param forgotten hashes whose rows are to be deleted: of signatures that are no more, or because one knows too many
     * @param merge which signatures are no more since the template widened
     */
    record Joined(Signature signature, boolean widened, KnownHash learned, List<Long> forgotten, Merge merge)
            implements Resolution {

        public Joined {
            forgotten = List.copyOf(forgotten);
        }
    }

    /** The line founded a signature; both rows are to be written. */
    record Born(Signature signature, KnownHash learned) implements Resolution {}

    /** The service has as many signatures as it may; the line is counted under the flood signature, nothing is kept. */
    record Flooded(Signature signature) implements Resolution {}
}
