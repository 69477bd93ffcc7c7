package io.faultprint.ingest.redact;

/**
 * Something to hide.
 *
 * @param kind what it is: one lower-case word, the first part of its token
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 */
record Found(String kind, int start, int end) {

    /** What the token is made from: the same mailbox or card in another spelling is the same. */
    String value(String text) {
        String value = text.substring(start, end);
        return switch (kind) {
            case "email" -> value.toLowerCase(java.util.Locale.ROOT);
            case "card" -> value.replace(" ", "").replace("-", "");
            default -> value;
        };
    }

    /** Whether a token of ours stands here already. */
    static boolean isToken(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '<') {
            return false;
        }
        int i = at + 1;
        while (i < text.length() && text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
            i++;
        }
        if (i == at + 1 || i + 9 >= text.length() || text.charAt(i) != ':' || text.charAt(i + 9) != '>') {
            return false;
        }
        for (int digit = i + 1; digit < i + 9; digit++) {
            if (Character.digit(text.charAt(digit), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && isWord(text.charAt(at));
    }

    /** ASCII letters, digits and the underscore. */
    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
