package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.upper;

/** Severity words as loggers, syslog, databases and supercomputers write them. */
final class Levels {

    private static final int LONGEST = 11;

    /** Said by loggers only, in whatever case: no sentence begins with them. */
    private static final String[] ALWAYS = {
        "info", "debug", "trace", "warn", "verbose", "dbg", "fine", "finer", "finest"
    };

    /** Ordinary words too, so that they count only in capitals, or where a logger's punctuation is around them. */
    private static final String[] ORDINARY = {
        "error",
        "warning",
        "fatal",
        "critical",
        "notice",
        "severe",
        "alert",
        "emerg",
        "emergency",
        "crit",
        "err",
        "wrn",
        "inf",
        "ftl",
        "failure",
        "panic",
        "config",
        "information",
        "informational",
        "note",
        "log",
        "system",
        "dpanic"
    };

    private Levels() {}

    /** Whether {@code [start, end)} is a level wherever it stands in a header. */
    static boolean surely(char[] t, int start, int end) {
        if (is(ALWAYS, t, start, end)) {
            return true;
        }
        for (int p = start; p < end; p++) {
            if (!upper(t[p])) {
                return false;
            }
        }
        return is(ORDINARY, t, start, end);
    }

    /** Whether it is one where punctuation says so: in brackets, or before a colon, a bar or a column's gap. */
    static boolean marked(char[] t, int start, int end) {
        return is(ALWAYS, t, start, end) || is(ORDINARY, t, start, end);
    }

    /** {@code D} and the like, as Android, glog and zerolog shorten them. */
    static boolean letter(char c) {
        return "VDIWEFTC".indexOf(c) >= 0;
    }

    private static boolean is(String[] words, char[] t, int start, int end) {
        if (end - start < 3 || end - start > LONGEST + 2) {
            return false;
        }
        for (String word : words) {
            if (equal(word, t, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(String word, char[] t, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((t[start + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
