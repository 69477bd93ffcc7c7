package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.upper;

/** Severity words as loggers, syslog, databases and supercomputers write them. */
final class Levels {

    /** Said by loggers only, in whatever case: no sentence begins with them. */
    private static final Words ALWAYS =
            Words.of("info", "debug", "trace", "warn", "verbose", "dbg", "fine", "finer", "finest");

    /** Ordinary words too, so that they count only in capitals, or where a logger's punctuation is around them. */
    private static final Words ORDINARY = Words.of(
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
            "dpanic");

    private Levels() {}

    /** Whether {@code [start, end)} is a level wherever it stands in a header. */
    static boolean surely(char[] t, int start, int end) {
        return ALWAYS.hasInAnyCase(t, start, end)
                || (end > start
                        && upper(t[start])
                        && Values.capitals(t, start, end)
                        && ORDINARY.hasInAnyCase(t, start, end));
    }

    /** Whether it is one where punctuation says so: in brackets, or before a colon, a bar or a column's gap. */
    static boolean marked(char[] t, int start, int end) {
        return ALWAYS.hasInAnyCase(t, start, end) || ORDINARY.hasInAnyCase(t, start, end);
    }

    /** {@code D} and the like, as Android, glog and zerolog shorten them. */
    static boolean letter(char c) {
        return switch (c) {
            case 'V', 'D', 'I', 'W', 'E', 'F', 'T', 'C' -> true;
            default -> false;
        };
    }
}
