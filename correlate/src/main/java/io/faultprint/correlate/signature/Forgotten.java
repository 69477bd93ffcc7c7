package io.faultprint.correlate.signature;

import java.util.List;

/**
 * What goes with a signature that gives way: the rows to delete beside its own.
 *
 * @param hashes wordings that were known to be its
 * @param aliases ids that it stood for
 */
public record Forgotten(List<Long> hashes, List<String> aliases) {

    public Forgotten {
        hashes = List.copyOf(hashes);
        aliases = List.copyOf(aliases);
    }
}
