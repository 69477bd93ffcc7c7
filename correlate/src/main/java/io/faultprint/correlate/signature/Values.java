package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.DELIMITER;
import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.upper;

/** Finds how far the value of a key reaches: a word, a quoted string, a list, a toString body, or words in brackets. */
final class Values {

    /** Keys whose value is what the line says, not a variable of it. */
    private static final Words SPEAKING = Words.of(
            "level",
            "severity",
            "lvl",
            "msg",
            "message",
            "log",
            "text",
            "error",
            "err",
            "exception",
            "reason",
            "cause",
            "status",
            "state",
            "result",
            "outcome",
            "event",
            "method",
            "Error",
            "Exception",
            "Reason",
            "Cause",
            "Status",
            "State",
            "Message",
            "Result");

    private final MaskedText out;

    Values(MaskedText out) {
        this.out = out;
    }

    boolean speaks(char[] t, int start, int end) {
        return SPEAKING.has(t, start, end) || ends("Exception", t, start, end) || ends("Error", t, start, end);
    }

    private static boolean ends(String suffix, char[] t, int start, int end) {
        return end - start > suffix.length() && Shapes.is(suffix, t, end - suffix.length(), end);
    }

    /** The colon of {@code key:} or {@code key:value} within brackets; -1 when the chunk is something else. */
    int keyBeforeColon(char[] t, int start, int end) {
        int p = start;
        while (p < end && (CharClass.letter(t[p]) || t[p] == '_' || t[p] == '-' || t[p] == '.')) {
            p++;
        }
        boolean key = p > start && p < end && t[p] == ':' && CharClass.letter(t[start]);
        return key && !(p + 1 < end && (t[p + 1] == '/' || t[p + 1] == ':')) ? p : -1;
    }

    /** The end of the value that starts at {@code i}; {@code i} or less when there is none. */
    int end(char[] t, int i, int n, int depth, boolean afterColon) {
        char c = t[i];
        if (c == '"' || c == '\'') {
            return quoted(t, i, n);
        }
        if (out.endsWith(':') && c == '{' && !afterColon) {
            return -1;
        }
        int end = bracket(c) ? balanced(t, i, n) : one(t, i, n);
        if (end <= i) {
            return end;
        }
        if (end < n && bracket(t[end])) {
            end = balanced(t, end, n);
        }
        if (afterColon) {
            return closes(t, skipSpaces(t, end, n), n) ? end : -1;
        }
        return depth > 0 ? phrase(t, end, n) : end;
    }

    /** One value without spaces, but for a date with a time, or a number with its unit. */
    private static int one(char[] t, int i, int n) {
        int end = i;
        while (end < n && (CharClass.of(t[end]) & (SPACE | DELIMITER)) == 0) {
            end++;
        }
        if (Shapes.url(t, i, end)) {
            return Shapes.urlEnd(t, i, n);
        }
        if (digit(t[i])) {
            int time = Times.numeric(t, i, n);
            if (time > end) {
                return time;
            }
            int unit = end + 1;
            while (unit < n && CharClass.letter(t[unit])) {
                unit++;
            }
            if (unit > end + 1
                    && t[end] == ' '
                    && (Shapes.duration(t, end + 1, unit) || Shapes.size(t, end + 1, unit))) {
                return unit;
            }
        } else if (upper(t[i])) {
            int time = Times.named(t, i, n);
            if (time > end) {
                return time;
            }
        }
        while (end > i && (t[end - 1] == '.' || t[end - 1] == ':') && end - i > 1) {
            end--;
        }
        return end;
    }

    /** Within brackets a value may be several words, up to the next delimiter or the next {@code key=}. */
    private static int phrase(char[] t, int start, int n) {
        int end = start;
        int p = start;
        while (p < n) {
            char c = t[p];
            if (closes(t, p, n)) {
                return trimmed(t, start, p);
            }
            if (c == '=') {
                return trimmed(t, start, end);
            }
            if (bracket(c) || c == '"') {
                return start;
            }
            if (CharClass.of(c) == SPACE) {
                end = p;
            }
            p++;
        }
        return start;
    }

    private static int trimmed(char[] t, int start, int end) {
        int p = end;
        while (p > start && CharClass.of(t[p - 1]) == SPACE) {
            p--;
        }
        return p;
    }

    private static boolean closes(char[] t, int p, int n) {
        return p == n || ",;)]}".indexOf(t[p]) >= 0;
    }

    private static int skipSpaces(char[] t, int start, int n) {
        int p = start;
        while (p < n && CharClass.of(t[p]) == SPACE) {
            p++;
        }
        return p;
    }

    private static int quoted(char[] t, int i, int n) {
        for (int p = i + 1; p < n; p++) {
            if (t[p] == '\\') {
                p++;
            } else if (t[p] == t[i]) {
                return p + 1;
            }
        }
        return -1;
    }

    private static boolean bracket(char c) {
        return CharClass.nesting(c) > 0;
    }

    /** The end of a bracketed body, or of the line when it is cut off. */
    private static int balanced(char[] t, int start, int n) {
        int open = 0;
        for (int p = start; p < n; p++) {
            int nesting = CharClass.nesting(t[p]);
            open += nesting;
            if (nesting < 0 && open == 0) {
                return p + 1;
            }
        }
        return n;
    }

    /** Words in capitals are constants of the code: a state, a type, a level. */
    static boolean capitals(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if (!upper(t[p]) && t[p] != '_') {
                return false;
            }
        }
        return !Shapes.is("NULL", t, start, end)
                && !Shapes.is("TRUE", t, start, end)
                && !Shapes.is("FALSE", t, start, end);
    }
}
