package io.faultprint.ingest.redact;

import java.util.List;

/**
 * Finds secrets and personal data in text and puts stable tokens in their place. One scan over the text: each finder
 * is asked only at a character that can begin, or sits in the middle of, what it knows. Network addresses stay: they
 * are what an on-call engineer looks for. Doing it again changes nothing, but where secrets overlapped: what they left over may
 * then look like one of its own, and is hidden too.
 */
public final class Redactor {

    private final TokenKey key;

    public Redactor(TokenKey key) {
        this.key = key;
    }

    /** The text with tokens; the same object when there was nothing to hide. */
    public String redact(String text) {
        StringBuilder out = null;
        int copied = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 'z' || !INTERESTING[c]) {
                continue;
            }
            if (c == '<') {
                // A token of ours says "secret:" too; it is passed over as a whole.
                i = Found.isToken(text, i) ? text.indexOf('>', i) : i;
                continue;
            }
            Found found = at(text, i, c, copied);
            if (found != null) {
                out = out == null ? new StringBuilder(length) : out;
                out.append(text, copied, found.start()).append(token(text, found));
                copied = found.end();
                i = copied - 1;
            }
        }
        return out == null ? text : out.append(text, copied, length).toString();
    }

    /** The value of an attribute whose name may already say that it is secret. */
    public String redact(String name, String value) {
        if (!value.isEmpty() && SecretNames.endsOne(name) && !Found.isToken(value, 0)) {
            return key.token("secret", value);
        }
        return redact(value);
    }

    /** Texts of a list, each by itself. */
    public List<String> redact(List<String> texts) {
        return texts.stream().map(this::redact).toList();
    }

    private String token(String text, Found found) {
        return key.token(found.kind(), found.value(text));
    }

    private static @org.jspecify.annotations.Nullable Found at(String text, int i, char c, int from) {
        return switch (c) {
            case '@' -> Addresses.at(text, i, from);
            case '=', ':' -> Pairs.at(text, i, from);
            case '-' -> Keys.privateKey(text, i);
            case 'B', 'b' -> Pairs.scheme(text, i);
            case 'e', 'A', 'g', 'x', 's' -> Keys.at(text, i);
            default -> Cards.at(text, i);
        };
    }

    private static final boolean[] INTERESTING = new boolean['z' + 1];

    static {
        for (char c : "<@=:-BbeAgxs23456".toCharArray()) {
            INTERESTING[c] = true;
        }
    }
}
