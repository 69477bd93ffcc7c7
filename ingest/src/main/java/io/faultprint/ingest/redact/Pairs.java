package io.faultprint.ingest.redact;

import org.jspecify.annotations.Nullable;

/** Secrets that a name or a scheme announces: {@code password=…}, {@code "token": "…"}, {@code Bearer …}. */
final class Pairs {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PLAIN = 256;

    private Pairs() {}

    /** Asked at {@code =} or {@code :}: is what stands before it the name of a secret? */
    static @Nullable Found at(String text, int sign, int from) {
        int end = sign;
        while (end > from && (text.charAt(end - 1) == ' ' || isQuote(text.charAt(end - 1)))) {
            end--;
        }
        boolean quotedName = end > from && end < sign && isQuote(text.charAt(end));
        int start = end;
        while (start > from && end - start < LONGEST_NAME && isName(text.charAt(start - 1))) {
            start--;
        }
        if (end - start < 3 || !SecretNames.endsOne(text, start, end)) {
            return null;
        }
        return value(text, sign, start, end, quotedName);
    }

    private static @Nullable Found value(String text, int sign, int nameStart, int nameEnd, boolean quotedName) {
        int start = sign + 1;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        int quotes = start;
        while (start < text.length() && isQuote(text.charAt(start))) {
            start++;
        }
        boolean quoted = start > quotes;
        char quote = quoted ? text.charAt(start - 1) : ' ';
        boolean password = SecretNames.password(text, nameStart, nameEnd) && (text.charAt(sign) == '=' || quoted);
        boolean certain = password || (quoted && quotedName);
        int end = start;
        while (end < text.length() && !ends(text.charAt(end), quoted, quote)) {
            // A value that holds a token was looked at before it did, and left as it is.
            if (text.charAt(end) == '<' && Found.isToken(text, end)) {
                return null;
            }
            // What does not look like a secret by now is none; "token:token:token:…" would be read to its end each
            // time.
            if (!certain && end - start == LONGEST_PLAIN && !looksSecret(text, start, end)) {
                return null;
            }
            end++;
        }
        if (end == start || Found.isToken(text, start) || isEmptyWord(text, start, end)) {
            return null;
        }
        if (isScheme(text, start, end)) {
            int credentials = end;
            while (credentials < text.length() && text.charAt(credentials) == ' ') {
                credentials++;
            }
            int after = credentials;
            while (after < text.length() && !ends(text.charAt(after), quoted, quote)) {
                after++;
            }
            return after == credentials || Found.isToken(text, credentials)
                    ? null
                    : new Found("secret", credentials, after);
        }
        // "invalid token: expired" is prose and "max_token=512" a limit: what follows must itself look like a secret,
        // unless the name is a password's or quotes say that this is data.
        return certain || looksSecret(text, start, end) ? new Found("secret", start, end) : null;
    }

    /** Asked at {@code B} or {@code b}: {@code Bearer …} or {@code Basic …}. */
    static @Nullable Found scheme(String text, int at) {
        if (Found.isWord(text, at - 1)) {
            return null;
        }
        int end = text.regionMatches(true, at, "bearer ", 0, 7)
                ? at + 7
                : text.regionMatches(true, at, "basic ", 0, 6) ? at + 6 : -1;
        if (end < 0) {
            return null;
        }
        int start = end;
        while (end < text.length() && isCredential(text.charAt(end))) {
            end++;
        }
        return end - start >= 8 && looksSecret(text, start, end) ? new Found("secret", start, end) : null;
    }

    /** At least eight characters with a digit, an equals sign, or a capital inside a word: not a plain word. */
    private static boolean looksSecret(String text, int start, int end) {
        if (end - start < 8) {
            return false;
        }
        int digits = 0;
        boolean mixed = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            mixed |= c == '=' || (i > start && isCapital(c) && isSmall(text.charAt(i - 1)));
        }
        return digits > 0 || mixed;
    }

    private static boolean isScheme(String text, int start, int end) {
        return is(text, start, end, "bearer") || is(text, start, end, "basic") || is(text, start, end, "digest");
    }

    private static boolean is(String text, int start, int end, String word) {
        return end - start == word.length() && text.regionMatches(true, start, word, 0, word.length());
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isEmptyWord(String text, int start, int end) {
        String word = end - start <= 9 ? text.substring(start, end) : "";
        return word.equals("null")
                || word.equals("none")
                || word.equals("None")
                || word.equals("true")
                || word.equals("false")
                || word.equals("undefined")
                || word.startsWith("***");
    }

    private static boolean ends(char c, boolean quoted, char quote) {
        if (quoted) {
            return c == quote || c == '\\' || c == '\n';
        }
        return switch (c) {
            case ' ', '\t', '\n', '\r', ',', ';', '&', ')', ']', '}', '"', '\'', '<', '>', '|' -> true;
            default -> false;
        };
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '\\';
    }

    private static boolean isName(char c) {
        return Found.isWord(c) || c == '-' || c == '.';
    }

    private static boolean isCredential(char c) {
        return Found.isWord(c) || c == '-' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
    }
}
