package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.alphanumeric;

/**
 * Finds what a structured line says: the message of a JSON object or of logfmt pairs, and the error beside it. The other
 * fields are attributes, which say about what it was said. A line without a message is none of these.
 */
final class Structured {

    /** Best first; the keys of common loggers, of ECS, CloudWatch, GELF, journald and container runtimes. */
    private static final String[] MESSAGE = {
        "msg", "message", "@message", "short_message", "MESSAGE", "log", "body", "text", "event", "@m", "@mt"
    };

    private static final String[] ERROR = {
        "error", "err", "error.message", "exception", "exception.message", "error_message", "reason", "cause"
    };

    private static final int KEY =
            CharClass.LETTER | CharClass.DIGIT | CharClass.DOT | CharClass.JOINER | CharClass.AT | CharClass.SLASH;

    /** An error may be an object with a message of its own, and that is all that is looked into. */
    private static final int DEEPEST = 1;

    private int message;
    private int messageStart;
    private int messageEnd;
    private int error;
    private int errorStart;
    private int errorEnd;

    int messageStart() {
        return messageStart;
    }

    int messageEnd() {
        return messageEnd;
    }

    boolean hasError() {
        return error < ERROR.length && errorEnd > errorStart;
    }

    int errorStart() {
        return errorStart;
    }

    int errorEnd() {
        return errorEnd;
    }

    /** Whether {@code [from, n)} is structured and says something. */
    boolean read(char[] t, int from, int n) {
        message = MESSAGE.length;
        error = ERROR.length;
        if (from >= n) {
            return false;
        }
        boolean read = t[from] == '{' ? object(t, from, n, 0) >= 0 : pairs(t, from, n);
        return read && message < MESSAGE.length && messageEnd > messageStart;
    }

    /** The end of the JSON object at {@code start}; {@code n} when it was cut off; -1 when it is none. */
    private int object(char[] t, int start, int n, int depth) {
        int p = spaces(t, start + 1, n);
        if (p == n || t[p] != '"') {
            return -1;
        }
        while (p < n && t[p] == '"') {
            int keyEnd = stringEnd(t, p, n);
            int value = spaces(t, keyEnd + 1, n);
            if (keyEnd == n || value == n || t[value] != ':') {
                return keyEnd == n ? n : -1;
            }
            value = spaces(t, value + 1, n);
            int end = value < n ? value(t, p + 1, keyEnd, value, n, depth) : n;
            p = end < 0 ? -1 : spaces(t, end, n);
            if (p < 0 || p == n) {
                return p;
            }
            if (t[p] != ',') {
                break;
            }
            p = spaces(t, p + 1, n);
        }
        return p == n ? n : t[p] == '}' ? p + 1 : -1;
    }

    private int value(char[] t, int keyStart, int keyEnd, int start, int n, int depth) {
        char c = t[start];
        if (c == '"') {
            int end = stringEnd(t, start, n);
            take(t, keyStart, keyEnd, start + 1, end, depth);
            return Math.min(n, end + 1);
        }
        if (c == '{' && depth < DEEPEST && Shapes.oneOf(ERROR, t, keyStart, keyEnd)) {
            int end = object(t, start, n, depth + 1);
            return end < 0 ? balanced(t, start, n) : end;
        }
        if (c == '{' || c == '[') {
            return balanced(t, start, n);
        }
        int p = start;
        while (p < n && (alphanumeric(t[p]) || "+-.".indexOf(t[p]) >= 0)) {
            p++;
        }
        return p > start ? p : -1;
    }

    /** {@code key=value key="a value"}, two or more, and nothing else. */
    private boolean pairs(char[] t, int from, int n) {
        int p = from;
        int pairs = 0;
        while (p < n) {
            int key = p;
            while (p < n && (CharClass.of(t[p]) & KEY) != 0) {
                p++;
            }
            if (p == key || p == n || t[p] != '=') {
                return false;
            }
            int keyEnd = p;
            int value = ++p;
            if (p < n && t[p] == '"') {
                p = stringEnd(t, p, n);
                take(t, key, keyEnd, value + 1, p, 0);
                p = Math.min(n, p + 1);
            } else {
                while (p < n && CharClass.of(t[p]) != SPACE) {
                    p++;
                }
                take(t, key, keyEnd, value, p, 0);
            }
            if (p < n && CharClass.of(t[p]) != SPACE) {
                return false;
            }
            p = spaces(t, p, n);
            pairs++;
        }
        return pairs > 1;
    }

    private void take(char[] t, int keyStart, int keyEnd, int start, int end, int depth) {
        if (depth == 0) {
            for (int i = 0; i < message; i++) {
                if (Shapes.is(MESSAGE[i], t, keyStart, keyEnd)) {
                    message = i;
                    messageStart = start;
                    messageEnd = line(t, start, end);
                }
            }
        } else if (Shapes.oneOf(MESSAGE, t, keyStart, keyEnd) && error > 0) {
            error = 0;
            errorStart = start;
            errorEnd = line(t, start, end);
        }
        for (int i = 0; i < error && depth == 0; i++) {
            if (Shapes.is(ERROR[i], t, keyStart, keyEnd)) {
                error = i;
                errorStart = start;
                errorEnd = line(t, start, end);
            }
        }
    }

    /** The first line of a text whose line feeds are escaped. */
    private static int line(char[] t, int start, int end) {
        for (int p = start; p + 1 < end; p++) {
            if (t[p] == '\\') {
                if (t[p + 1] == 'n' || t[p + 1] == 'r') {
                    return p;
                }
                p++;
            }
        }
        return end;
    }

    /** Where the quote that closes a string stands; {@code n} when it was cut off. */
    private static int stringEnd(char[] t, int start, int n) {
        for (int p = start + 1; p < n; p++) {
            if (t[p] == '\\') {
                p++;
            } else if (t[p] == '"') {
                return p;
            }
        }
        return n;
    }

    private static int balanced(char[] t, int start, int n) {
        int open = 0;
        for (int p = start; p < n; p++) {
            char c = t[p];
            if (c == '"') {
                p = stringEnd(t, p, n);
            } else if (c == '{' || c == '[') {
                open++;
            } else if ((c == '}' || c == ']') && --open == 0) {
                return p + 1;
            }
        }
        return n;
    }

    private static int spaces(char[] t, int start, int n) {
        int p = start;
        while (p < n && CharClass.of(t[p]) == SPACE) {
            p++;
        }
        return p;
    }
}
