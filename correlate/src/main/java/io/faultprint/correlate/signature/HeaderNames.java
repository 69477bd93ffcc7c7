package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.letter;
import static io.faultprint.correlate.signature.CharClass.upper;

/** The names of programs, loggers and hosts that stand in headers. */
final class HeaderNames {

    private static final int LIKE_NAMES =
            CharClass.LETTER | CharClass.DIGIT | CharClass.JOINER | CharClass.SLASH | CharClass.AT | CharClass.COLON;
    private static final int MOST_WORDS = 4;
    private static final int LONGEST_PROGRAM = 96;

    private HeaderNames() {}

    /**
     * The end of {@code prog[12]:}, {@code prog[12] (what):}, {@code Some Program[12]:}, and after a host also of {@code
     * prog:} and {@code prog 1.4.1:}; -1 when none stands here.
     */
    static int program(char[] t, int start, int n, boolean hosted) {
        int limit = Math.min(n, start + LONGEST_PROGRAM);
        int words = 1;
        boolean process = false;
        for (int p = start; p < limit; p++) {
            char c = t[p];
            if (c == ':') {
                boolean ends = p + 1 == n || CharClass.of(t[p + 1]) == SPACE;
                if (ends) {
                    return process || (hosted && (words == 1 || version(t, start, p))) ? p + 1 : -1;
                }
            } else if (c == '[') {
                int end = p + 1;
                while (end < limit && digit(t[end])) {
                    end++;
                }
                if (end == p + 1 || end >= limit || t[end] != ']') {
                    return -1;
                }
                process = true;
                p = end;
                if (p + 2 < limit && t[p + 1] == ' ' && t[p + 2] == '(') {
                    while (p < limit && t[p] != ')') {
                        p++;
                    }
                }
            } else if (CharClass.of(c) == SPACE) {
                words++;
                if (process || words > MOST_WORDS || !(hosted || words == 1)) {
                    return -1;
                }
            } else if (CharClass.of(c) == CharClass.DELIMITER && c != '(' && c != ')') {
                return -1;
            }
        }
        return -1;
    }

    /** {@code syslogd 1.4.1}: the second word is nothing but a version. */
    private static boolean version(char[] t, int start, int end) {
        int p = end;
        while (p > start && (digit(t[p - 1]) || t[p - 1] == '.')) {
            p--;
        }
        return p > start && p < end && t[p - 1] == ' ' && t[start] != '-';
    }

    /** A qualified name: identifiers between dots, slashes or dollars, or a place in a file. */
    static boolean dotted(char[] t, int start, int end, int classes) {
        boolean may = (classes & (CharClass.DOT | CharClass.SLASH | CharClass.JOINER)) != 0
                && (classes & CharClass.SYMBOL) == 0
                && (letter(t[start]) || t[start] == '_');
        if (!may) {
            return false;
        }
        int first = end;
        for (int p = end - 1; p > start; p--) {
            char c = t[p];
            if (c == '.' || c == '/' || c == '$') {
                first = p;
            } else if (c != '#' && CharClass.of(c) == CharClass.DELIMITER) {
                return false;
            }
        }
        return first < end - 1;
    }

    /** {@code MapTask}, {@code QuorumCnxManager}: two capitals with small letters between make it a name of code. */
    static boolean humps(char[] t, int start, int end) {
        int humps = 0;
        for (int p = start; p < end; p++) {
            if (!alphanumeric(t[p]) && t[p] != '_' && t[p] != '-') {
                return false;
            }
            humps += upper(t[p]) && p + 1 < end && !upper(t[p + 1]) ? 1 : 0;
        }
        return humps > 1;
    }

    /** The last colon within a word, before a letter: {@code worker.tasks:Task}; -1 when there is none. */
    static int colon(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if (t[p] == ':') {
                return p > start && p + 1 < end && t[p + 1] != '/' ? p : -1;
            }
            if (!alphanumeric(t[p]) && t[p] != '.' && t[p] != '_') {
                return -1;
            }
        }
        return -1;
    }

    /** {@code name *64 -}: a number may stand between a program's name and the dash. */
    static int variant(char[] t, int stop, int n) {
        int p = stop + 2;
        if (p >= n || t[stop] != ' ' || t[stop + 1] != '*' || !digit(t[p])) {
            return -1;
        }
        while (p < n && digit(t[p])) {
            p++;
        }
        return p + 2 < n && t[p] == ' ' && t[p + 1] == '-' && t[p + 2] == ' ' ? p : -1;
    }

    /** A token that no sentence has at its place: digits, dashes or only capitals. */
    static boolean nameLike(char[] t, int start, int end, int classes) {
        if ((classes & ~LIKE_NAMES) != 0) {
            return false;
        }
        return classes == CharClass.LETTER ? capitals(t, start, end) : letter(t[start]) || end == start + 1;
    }

    private static boolean capitals(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if (!upper(t[p])) {
                return false;
            }
        }
        return true;
    }

    /** The end of a placeholder of a line that is masked already; -1 when none stands here. */
    static int placeholder(char[] t, int start, int n) {
        int p = start + 1;
        while (p < n && t[p] >= 'a' && t[p] <= 'z') {
            p++;
        }
        return p > start + 1 && p < n && t[p] == '>' ? p + 1 : -1;
    }

    /** Whether punctuation or a bracket stands behind the spaces of a column. */
    static boolean separated(char[] t, int stop, int n) {
        int p = stop;
        while (p < n && CharClass.of(t[p]) == SPACE) {
            p++;
        }
        return p < n && (t[p] == ':' || t[p] == '-' || t[p] == '[' || t[p] == '|');
    }
}
