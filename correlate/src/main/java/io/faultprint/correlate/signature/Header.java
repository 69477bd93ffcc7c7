package io.faultprint.correlate.signature;

import java.util.Objects;

/**
 * Finds where the header of a raw line ends: time, level, process, thread, logger, host, in whatever order and punctuation.
 *
 * <p>No formats are listed. Fields are read from the left; some are certain (a time with seconds, a level, {@code
 * prog[12]:}, a logger before its dash), others only may belong (a number, a bracket, a word): these count when a
 * certain one follows. A line without a time has a header only where its level is marked as one. What is left must say
 * something, else the line is all message.
 */
final class Header {

    /** What a part of a header tells. */
    enum Part {
        TIME,
        LEVEL,
        PROCESS,
        THREAD,
        LOGGER,
        HOST,
        OTHER
    }

    /** Longer than any header; a message that looks like one costs no more. */
    private static final int LONGEST = 320;

    private static final int MOST_PARTS = 16;
    private static final int MOST_UNCERTAIN = 5;
    /** A header within a header: what an application writes into syslog. */
    private static final int DEEPEST = 3;

    private final HeaderFields fields = new HeaderFields();
    private final Part[] kinds = new Part[MOST_PARTS];
    private final int[] starts = new int[MOST_PARTS];
    private final int[] ends = new int[MOST_PARTS];
    private int parts;

    /** Where the message of {@code [from, n)} begins; {@code from} when it has no header. */
    int end(char[] t, int from, int n) {
        parts = 0;
        return more(t, from, n);
    }

    /** The same, for a header that stands further on in the line; its parts are added to those found. */
    int more(char[] t, int from, int n) {
        int end = from;
        for (int depth = 0; depth < DEEPEST && parts < MOST_PARTS; depth++) {
            int next = one(t, end, n, depth > 0);
            if (next == end) {
                break;
            }
            end = next;
        }
        return end;
    }

    int parts() {
        return parts;
    }

    Part kind(int part) {
        return kinds[Objects.checkIndex(part, parts)];
    }

    int start(int part) {
        return starts[Objects.checkIndex(part, parts)];
    }

    int end(int part) {
        return ends[Objects.checkIndex(part, parts)];
    }

    private int one(char[] t, int from, int n, boolean timeOnly) {
        if (from == n || !fields.mayBegin(t, from, n, timeOnly)) {
            return from;
        }
        int limit = Math.min(n, from + LONGEST);
        int certainParts = parts;
        int found = parts;
        int certain = from;
        int p = from;
        fields.clear();
        while (found < MOST_PARTS && found - certainParts < MOST_UNCERTAIN) {
            p = separators(t, p, limit, found > parts);
            int end = p < limit ? fields.next(t, p, limit) : -1;
            if (end < 0) {
                break;
            }
            kinds[found] = fields.kind();
            starts[found] = p;
            ends[found++] = end;
            if (fields.certain()) {
                certain = end;
                certainParts = found;
            }
            if (fields.closed()) {
                break;
            }
            p = end;
        }
        int message = separators(t, certain, n, true);
        if (certain == from || !fields.isHeader() || message == n) {
            return from;
        }
        parts = certainParts;
        return message;
    }

    /** Past spaces and the punctuation that loggers put between fields. */
    private static int separators(char[] t, int start, int n, boolean punctuation) {
        int p = start;
        while (p < n) {
            char c = t[p];
            boolean space = CharClass.of(c) == CharClass.SPACE;
            boolean ends = p + 1 == n || CharClass.of(t[p + 1]) == CharClass.SPACE;
            boolean between = punctuation
                    && (c == '|' || (ends && (c == ':' || c == '-' || c == ',' || c == '*' || c == '#' || c == '>')));
            if (between || space) {
                p++;
            } else if (punctuation && dashes(t, p, n)) {
                p += 3;
            } else {
                break;
            }
        }
        return p;
    }

    private static boolean dashes(char[] t, int p, int n) {
        return p + 3 < n
                && t[p] == '-'
                && t[p + 1] == '-'
                && t[p + 2] == '-'
                && t[p + 3] == ' '
                && p + 4 < n
                && t[p + 4] == '[';
    }
}
