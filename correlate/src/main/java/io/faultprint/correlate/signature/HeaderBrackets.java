package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.digit;

/** What stands in the brackets of a header: a level, a thread, a request's ids. */
final class HeaderBrackets {

    private HeaderBrackets() {}

    /** A request's or a trace's ids: ids, dashes and nothing that says something. */
    static boolean requested(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if (digit(t[p]) || t[p] == '-') {
                return true;
            }
        }
        return false;
    }

    /** Whether a level stands there alone, or behind a colon as in {@code core:error}. */
    static boolean levelInside(char[] t, int in, int end, int word) {
        int last = end;
        while (last > in && t[last - 1] == ' ') {
            last--;
        }
        if (word == last) {
            return Levels.marked(t, in, last) || (last == in + 1 && Levels.letter(t[in]));
        }
        int colon = in;
        while (colon < last && t[colon] != ':') {
            colon++;
        }
        return colon < last && Levels.marked(t, colon + 1, last);
    }

    /** Whether it is one word. */
    static boolean single(char[] t, int start, int end) {
        int last = end;
        while (last > start && t[last - 1] == ' ') {
            last--;
        }
        for (int p = start; p < last; p++) {
            if (CharClass.of(t[p]) == SPACE || t[p] == '[') {
                return false;
            }
        }
        return last > start;
    }

    static boolean contains(char[] t, int start, int end, char c) {
        for (int p = start; p < end; p++) {
            if (t[p] == c) {
                return true;
            }
        }
        return false;
    }

    /** Behind the bracket that closes the one at {@code start}; -1 when none does. */
    static int closing(char[] t, int start, int n) {
        char open = t[start];
        char close = open == '[' ? ']' : open == '<' ? '>' : ')';
        int depth = 0;
        for (int p = start; p < n; p++) {
            if (t[p] == open) {
                depth++;
            } else if (t[p] == close && --depth == 0) {
                return p + 1;
            }
        }
        return -1;
    }

    /** Whether punctuation ends a field behind a bracket. */
    static boolean followed(char[] t, int end, int n) {
        return end + 2 < n && t[end] == ' ' && (t[end + 1] == '-' || t[end + 1] == ':') && t[end + 2] == ' ';
    }
}
