package io.faultprint.correlate.signature;

import java.util.List;

/**
 * Signatures that became one because a template widened.
 *
 * @param aliases one for each signature that is no more: its row goes, this one is to be written
 * @param forgotten ids whose alias rows are to be deleted, because the tree keeps only so many
 */
public record Merge(List<Alias> aliases, List<String> forgotten) {

    static final Merge NONE = new Merge(List.of(), List.of());

    public Merge {
        aliases = List.copyOf(aliases);
        forgotten = List.copyOf(forgotten);
    }
}
