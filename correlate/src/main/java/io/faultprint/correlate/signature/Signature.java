package io.faultprint.correlate.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a log line or an exception says once its variables are taken out. Also a row of the changelogged store: all
 * rows of a tree, with its {@link KnownHash} rows, are its whole state.
 *
 * @param id {@code sig2-} and 16 hex digits; never changes (see {@link #idOf})
 * @param order when it was born, counted by its tree; older ones win ties
 * @param kind a line, whose template may widen, or an exception, whose template stays
 * @param founding the masked line it was born from
 * @param template the founding line, with {@code <*>} where later members said another word and {@code <val>} where
 *     they had a variable of another shape
 */
public record Signature(String id, long order, MaskedLine.Kind kind, String founding, String template) {

    /** The algorithm version in every id; a change of masking or of the id's input needs the next one, and aliases. */
    public static final String PREFIX = "sig2-";

    /**
     * The id of a founding line: the first 64 bits, in hex, of SHA-256 over these fields in UTF-8, each ended by a line
     * feed: (1) {@code sig2}, (2) the kind's name ({@code LINE} or {@code EXCEPTION}), (3) the masked line. Neither
     * environment nor service enters, so that the same failure has one id everywhere.
     */
    public static String idOf(MaskedLine founding) {
        String input = "sig2\n" + founding.kind() + "\n" + founding.text() + "\n";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the id is of this algorithm version. */
    public boolean current() {
        return id.startsWith(PREFIX);
    }

    static Signature born(MaskedLine founding, long order) {
        return new Signature(idOf(founding), order, founding.kind(), founding.text(), founding.text());
    }

    Signature withTemplate(String widened) {
        return new Signature(id, order, kind, founding, widened);
    }
}
