package io.faultprint.correlate.signature;

/**
 * A line with its variables taken out.
 *
 * @param hash 64 bits of {@code text} and {@code kind}; the same in every process and release of this algorithm
 *     version, so it may be stored; not a signature's id
 * @param text the masked line, variables as placeholders such as {@code <num>}
 * @param kind whether the text may meet others by similarity
 */
public record MaskedLine(long hash, String text, Kind kind) {

    /** How a masked line finds its signature. */
    public enum Kind {
        /** A log line: similar lines may share a signature. */
        LINE,
        /** An exception: type, message and frames are its identity, so only the equal share a signature. */
        EXCEPTION
    }

    static MaskedLine of(String text, Kind kind) {
        return new MaskedLine(TextHash.of(text, kind), text, kind);
    }
}
