package io.faultprint.local.determinism;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a variant.
 *
 * @param variant how the recording was run
 * @param revisions how many incident revisions it gave
 * @param records how many records were compared
 * @param took how long it ran
 * @param difference the first record that is not as in the reference; empty when every byte is equal
 */
public record Finding(Variant variant, long revisions, long records, Duration took, Optional<Difference> difference) {

    public boolean equal() {
        return difference.isEmpty();
    }
}
