package io.faultprint.ingest.normalise;

/**
 * Recognises a level where a record has none: in the words that loggers put before the message. A cheap scan by hand
 * of at most the first 256 characters, which stops where the message has begun. Numbers are OpenTelemetry's, 1 (TRACE)
 * to 24 (FATAL4).
 */
public final class Severity {

    private static final int HEADER = 256;

    /** How many plain words may stand before the level: month, host, thread, component. */
    private static final int WORDS = 4;

    private Severity() {}

    /** The number of a level's name; 0 for any other word. */
    static int ofWord(String word) {
        return ofWord(word, 0, word.length());
    }

    private static int ofWord(String text, int start, int end) {
        switch (end - start) {
            case 3 -> {
                return is(text, start, end, "ERR") ? 17 : 0;
            }
            case 4 -> {
                return is(text, start, end, "INFO")
                        ? 9
                        : is(text, start, end, "WARN")
                                ? 13
                                : is(text, start, end, "CRIT") ? 21 : is(text, start, end, "FINE") ? 5 : 0;
            }
            case 5 -> {
                return is(text, start, end, "ERROR")
                        ? 17
                        : is(text, start, end, "DEBUG")
                                ? 5
                                : is(text, start, end, "FATAL")
                                        ? 21
                                        : is(text, start, end, "TRACE")
                                                ? 1
                                                : is(text, start, end, "PANIC")
                                                        ? 21
                                                        : is(text, start, end, "EMERG")
                                                                ? 21
                                                                : is(text, start, end, "ALERT")
                                                                        ? 19
                                                                        : is(text, start, end, "FINER") ? 3 : 0;
            }
            case 6 -> {
                return is(text, start, end, "SEVERE")
                        ? 17
                        : is(text, start, end, "NOTICE") ? 10 : is(text, start, end, "FINEST") ? 1 : 0;
            }
            case 7 -> {
                return is(text, start, end, "WARNING") ? 13 : is(text, start, end, "FAILURE") ? 17 : 0;
            }
            case 8 -> {
                return is(text, start, end, "CRITICAL") ? 18 : 0;
            }
            case 9 -> {
                return is(text, start, end, "EMERGENCY") ? 21 : 0;
            }
            case 11 -> {
                return is(text, start, end, "INFORMATION") ? 9 : 0;
            }
            default -> {
                return 0;
            }
        }
    }

    /** The level that a line's header or fields name; 0 when there is none. */
    public static int inText(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        char first = text.charAt(0);
        if (first == '{') {
            return inFields(text);
        }
        if (first == '<') {
            return syslog(text);
        }
        int glog = glog(text);
        int header = glog != 0 ? glog : inHeader(text);
        return header != 0 ? header : inFields(text);
    }

    private static int inHeader(String text) {
        int end = Math.min(text.length(), HEADER);
        int words = 0;
        for (int i = 0; i < end && words < WORDS; ) {
            if (!isLetter(text.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            boolean upper = true;
            while (i < end && isLetter(text.charAt(i))) {
                upper &= text.charAt(i) <= 'Z';
                i++;
            }
            char before = start == 0 ? ' ' : text.charAt(start - 1);
            char after = i < text.length() ? text.charAt(i) : ' ';
            if (!isEdge(before) || !isEdge(after)) {
                i = tokenEnd(text, i, end);
                continue;
            }
            // In capitals a level may stand bare; in small letters it is a word like any other unless it is set apart.
            boolean marked = upper || (isBracket(before) && isBracket(after)) || after == ':';
            int level = marked ? ofWord(text, start, i) : 0;
            if (level != 0) {
                return level;
            }
            words += upper ? 0 : 1;
        }
        return androidLetter(text, end);
    }

    /** Android's logcat: {@code 03-17 16:13:38.811  1702  2395 D WindowManager: …}. */
    private static int androidLetter(String text, int end) {
        int numbers = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                boolean alone =
                        i > 0 && text.charAt(i - 1) == ' ' && i + 1 < text.length() && text.charAt(i + 1) == ' ';
                return alone && numbers >= 8 ? ofLetter(c) : 0;
            }
            numbers += c >= '0' && c <= '9' ? 1 : 0;
        }
        return 0;
    }

    private static int tokenEnd(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) != ' ' && text.charAt(i) != '\t') {
            i++;
        }
        return i;
    }

    /** {@code level=error}, {@code "severity":"ERROR"}, {@code "level":50}: logfmt and JSON. */
    private static int inFields(String text) {
        int end = Math.min(text.length(), 4 * HEADER);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c != '=' && c != ':') {
                continue;
            }
            int name = i;
            while (name > 0 && (text.charAt(name - 1) == '"' || text.charAt(name - 1) == ' ')) {
                name--;
            }
            if (!isLevelName(text, name)) {
                continue;
            }
            int value = i + 1;
            while (value < text.length() && (text.charAt(value) == '"' || text.charAt(value) == ' ')) {
                value++;
            }
            int stop = value;
            while (stop < text.length() && Character.isLetterOrDigit(text.charAt(stop))) {
                stop++;
            }
            int level = ofWord(text, value, stop);
            level = level == 0 ? ofPino(text, value, stop) : level;
            if (level != 0) {
                return level;
            }
        }
        return 0;
    }

    private static boolean isLevelName(String text, int end) {
        return endsWord(text, end, "level")
                || endsWord(text, end, "severity")
                || endsWord(text, end, "lvl")
                || endsWord(text, end, "levelname")
                || endsWord(text, end, "loglevel");
    }

    private static boolean endsWord(String text, int end, String word) {
        int start = end - word.length();
        return start >= 0
                && text.regionMatches(true, start, word, 0, word.length())
                && (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)));
    }

    /** Pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
    private static int ofPino(String text, int start, int end) {
        if (end - start != 2 || text.charAt(start + 1) != '0') {
            return 0;
        }
        int tens = text.charAt(start) - '0';
        return tens >= 1 && tens <= 6 ? (tens - 1) * 4 + 1 : 0;
    }

    /** RFC 5424, section 6.2.1: {@code <PRI>}, severity in the low three bits. */
    private static int syslog(String text) {
        int close = text.indexOf('>');
        if (close < 2 || close > 4) {
            return inHeader(text);
        }
        int priority = 0;
        for (int i = 1; i < close; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return inHeader(text);
            }
            priority = priority * 10 + digit;
        }
        int[] severities = {21, 19, 18, 17, 13, 10, 9, 5};
        return priority <= 191 ? severities[priority & 7] : 0;
    }

    /** glog and klog: {@code E0102 15:04:05.678901 …}. */
    private static int glog(String text) {
        if (text.length() < 6 || text.charAt(5) != ' ') {
            return 0;
        }
        for (int i = 1; i < 5; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
        }
        return ofLetter(text.charAt(0));
    }

    private static int ofLetter(char letter) {
        return switch (letter) {
            case 'V' -> 1;
            case 'D' -> 5;
            case 'I' -> 9;
            case 'W' -> 13;
            case 'E' -> 17;
            case 'F' -> 21;
            default -> 0;
        };
    }

    private static boolean is(String text, int start, int end, String word) {
        return end - start == word.length() && text.regionMatches(true, start, word, 0, word.length());
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isBracket(char c) {
        return c == '[' || c == ']' || c == '(' || c == ')' || c == '<' || c == '>' || c == '|';
    }

    private static boolean isEdge(char c) {
        return c == ' ' || c == '\t' || c == ':' || c == ',' || c == '"' || isBracket(c);
    }
}
