package io.faultprint.ingest.text;

/**
 * How many lines become one entry.
 *
 * @param lines of an entry; what a trace has beyond them is left out and counted
 * @param characters of an entry, the same
 * @param plain lines that nothing but a missing time joins to the one before; beyond them each is an entry of its own
 */
public record JoinLimits(int lines, int characters, int plain) {

    /** A deep Java trace with its causes has a few hundred lines; of the text 32 KiB are kept. */
    public static final JoinLimits DEFAULT = new JoinLimits(1_000, 64 << 10, 256);

    public JoinLimits {
        if (lines < 1 || characters < 1 || plain < 1 || plain > lines) {
            throw new IllegalArgumentException("join limits: at least 1 of each, and plain at most lines");
        }
    }
}
