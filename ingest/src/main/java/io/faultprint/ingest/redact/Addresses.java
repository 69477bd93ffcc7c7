package io.faultprint.ingest.redact;

import org.jspecify.annotations.Nullable;

/** E-mail addresses, and passwords in URLs: both have an at sign in the middle. */
final class Addresses {

    private static final int LONGEST = 256;

    private Addresses() {}

    static @Nullable Found at(String text, int sign, int from) {
        Found password = urlPassword(text, sign, from);
        return password != null ? password : email(text, sign, from);
    }

    /** {@code scheme://user:password@host}: only the password. */
    private static @Nullable Found urlPassword(String text, int sign, int from) {
        int colon = -1;
        for (int i = sign - 1; i >= from && sign - i < LONGEST; i--) {
            char c = text.charAt(i);
            // A token before the sign has taken the place of what there was to hide, and its own colon is no more of
            // it.
            if (c == ' ' || c == '"' || c == '\n' || (c == '<' && Found.isToken(text, i))) {
                return null;
            }
            if (c == '/') {
                boolean url = i >= 2 && text.charAt(i - 1) == '/' && text.charAt(i - 2) == ':';
                return url && colon > i && colon + 1 < sign && !Found.isToken(text, colon + 1)
                        ? new Found("secret", colon + 1, sign)
                        : null;
            }
            if (c == ':') {
                colon = i;
            }
        }
        return null;
    }

    private static @Nullable Found email(String text, int sign, int from) {
        int start = sign;
        while (start > from && isLocal(text.charAt(start - 1)) && sign - start < 64) {
            start--;
        }
        while (start < sign && text.charAt(start) == '.') {
            start++;
        }
        int end = sign + 1;
        int lastDot = -1;
        while (end < text.length() && isDomain(text.charAt(end)) && end - sign < LONGEST) {
            lastDot = text.charAt(end) == '.' ? end : lastDot;
            end++;
        }
        if (end < text.length() && text.charAt(end) == '<' && Found.isToken(text, end)) {
            // What stood here was longer, and was no address then.
            return null;
        }
        while (lastDot == end - 1 && lastDot > sign) {
            end--;
            lastDot = text.lastIndexOf('.', end - 1);
        }
        return start < sign && lastDot > sign + 1 && isTopLevel(text, lastDot + 1, end)
                ? new Found("email", start, end)
                : null;
    }

    private static boolean isTopLevel(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return end - start >= 2;
    }

    private static boolean isLocal(char c) {
        return isDomain(c) || c == '_' || c == '%' || c == '+';
    }

    private static boolean isDomain(char c) {
        return (c != '_' && Found.isWord(c)) || c == '.' || c == '-';
    }
}
