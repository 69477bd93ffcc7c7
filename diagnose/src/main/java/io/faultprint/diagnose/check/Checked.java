package io.faultprint.diagnose.check;

import io.faultprint.diagnosis.Hypothesis;
import java.util.List;

/**
 * What became of an engine's claims.
 *
 * @param standing those that stand, likeliest first
 * @param rejected those that were refused, each with the reason
 */
public record Checked(List<Hypothesis> standing, List<Hypothesis> rejected) {

    public Checked {
        standing = List.copyOf(standing);
        rejected = List.copyOf(rejected);
    }
}
