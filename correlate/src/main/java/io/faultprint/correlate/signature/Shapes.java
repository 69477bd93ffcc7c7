package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.hex;
import static io.faultprint.correlate.signature.CharClass.letter;

/** Recognises shapes of one piece, by hand; every method gives the end of what it found, or -1. */
final class Shapes {

    private static final Words DURATIONS = Words.of(
            "ms",
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "us",
            "ns",
            "msec",
            "msecs",
            "usec",
            "min",
            "mins",
            "minute",
            "minutes",
            "hour",
            "hours",
            "day",
            "days",
            "millis",
            "milliseconds",
            "microseconds",
            "nanoseconds");
    private static final Words SIZES =
            Words.of("B", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "byte", "bytes", "Bytes");
    private static final Words TOP_LEVEL = Words.of(
            "com",
            "net",
            "org",
            "edu",
            "gov",
            "local",
            "internal",
            "localdomain",
            "arpa",
            "info",
            "cn",
            "hk",
            "jp",
            "de",
            "uk",
            "fr",
            "nl",
            "ru",
            "eu");

    private static final Words UNITS = Words.of("service", "socket", "timer", "mount", "scope", "slice", "target");

    /** Longer than any address in hex, so that a line of colons costs no more than another. */
    private static final int LONGEST_ADDRESS = 64;

    private Shapes() {}

    /** {@code 10.0.0.1}, with a port if one follows. */
    static int ip4(char[] t, int start, int n) {
        int p = start;
        for (int part = 0; part < 4; part++) {
            int from = p;
            int value = 0;
            while (p < n && digit(t[p]) && p < from + 3) {
                value = value * 10 + t[p] - '0';
                p++;
            }
            if (p == from || value > 255) {
                return -1;
            }
            if (part < 3) {
                if (p >= n || t[p] != '.') {
                    return -1;
                }
                p++;
            }
        }
        if (p < n && (alphanumeric(t[p]) || (t[p] == '.' && p + 1 < n && alphanumeric(t[p + 1])))) {
            return -1;
        }
        return port(t, p, n);
    }

    static int port(char[] t, int p, int n) {
        if (p + 1 < n && t[p] == ':' && digit(t[p + 1])) {
            int end = p + 1;
            while (end < n && digit(t[end])) {
                end++;
            }
            if (end - p <= 6 && (end == n || !alphanumeric(t[end]))) {
                return end;
            }
        }
        return p;
    }

    /** Groups of hex digits between colons: a MAC (only pairs, six or more) or an IPv6 address; {@code start} when none. */
    static int colonHex(char[] t, int start, int n) {
        int p = start;
        int colons = 0;
        int group = 0;
        boolean doubled = false;
        int limit = Math.min(n, start + LONGEST_ADDRESS);
        for (; p < limit; p++) {
            if (t[p] == ':') {
                colons++;
                doubled |= p + 1 < n && t[p + 1] == ':';
                group = 0;
            } else if (hex(t[p]) && group < 4) {
                group++;
            } else {
                break;
            }
        }
        boolean whole = p == n || !(alphanumeric(t[p]) || t[p] == '_');
        boolean shaped = colons >= 5 || (doubled && colons >= 2 && colons < 8 && p - start > 4);
        return whole && shaped && t[p - 1] != ':' ? p : -1;
    }

    static boolean pairs(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if ((t[p] == ':') != ((p - start) % 3 == 2)) {
                return false;
            }
        }
        return true;
    }

    static boolean uuid(char[] t, int start, int end) {
        if (end - start != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? t[start + i] != '-' : !hex(t[start + i])) {
                return false;
            }
        }
        return true;
    }

    /** Where {@code ://} begins in a chunk that starts with a scheme. */
    static boolean url(char[] t, int start, int end) {
        int p = start;
        while (p < end && (alphanumeric(t[p]) || t[p] == '+' || t[p] == '-' || t[p] == '.')) {
            p++;
        }
        return p > start && p + 2 < end && t[p] == ':' && t[p + 1] == '/' && t[p + 2] == '/';
    }

    /** The end of a URL, which may hold characters that end other pieces. */
    static int urlEnd(char[] t, int start, int n) {
        int p = start;
        while (p < n
                && t[p] > ' '
                && "\"'<>)]}|`".indexOf(t[p]) < 0
                && !(t[p] == ',' && p + 1 < n && t[p + 1] <= ' ')) {
            p++;
        }
        while (p > start && ".,;:!?".indexOf(t[p - 1]) >= 0) {
            p--;
        }
        return p;
    }

    /**
     * A path that starts here: from a slash, a dot or a tilde, or relative with two slashes, or one and a dot, dash or digit. What is
     * after a single slash must not be a version ({@code HTTP/1.1}), and two plain words ({@code load/store}) are words.
     */
    static int path(char[] t, int start, int end, int n) {
        int slashes = 0;
        int lastSlash = -1;
        boolean marked = false;
        int p = start;
        for (; p < end && t[p] != ':' && t[p] != '@'; p++) {
            if (t[p] == '/') {
                slashes++;
                lastSlash = p;
            }
            marked |= digit(t[p]) || t[p] == '.' || t[p] == '-';
        }
        if (slashes == 0) {
            return -1;
        }
        for (int i = start; i < p; i++) {
            if (t[i] == '?') {
                return Math.max(i, urlEnd(t, start, n));
            }
        }
        boolean rooted = t[start] == '/' || ((t[start] == '.' || t[start] == '~') && lastSlash <= start + 2);
        if (rooted || (t[start] == '.' && slashes > 1)) {
            return p;
        }
        if (slashes == 1) {
            boolean version = lastSlash + 1 < p;
            for (int i = lastSlash + 1; i < p; i++) {
                version &= digit(t[i]) || t[i] == '.';
            }
            return marked && !version ? p : -1;
        }
        return letter(t[start]) ? p : -1;
    }

    static boolean email(char[] t, int start, int end, int at) {
        int dot = -1;
        for (int p = at + 1; p < end; p++) {
            if (t[p] == '.') {
                dot = p;
            } else if (!alphanumeric(t[p]) && t[p] != '-') {
                return false;
            }
        }
        return at > start && dot > at + 1 && dot < end - 2 && letter(t[end - 1]);
    }

    /** A dotted name that ends as hosts do and does not begin as packages do. */
    static boolean host(char[] t, int start, int end) {
        int first = start;
        while (first < end && t[first] != '.') {
            first++;
        }
        int last = end;
        while (last > start && t[last - 1] != '.') {
            last--;
        }
        return last > first && TOP_LEVEL.has(t, last, end) && !TOP_LEVEL.has(t, start, first);
    }

    /** A name that an address in square brackets follows, {@code unknown[203.0.113.7]}, is that of a host. */
    static boolean addressed(char[] t, int end, int n) {
        if (end >= n || t[end] != '[') {
            return false;
        }
        int address = ip4(t, end + 1, n);
        return address > 0 && address < n && t[address] == ']';
    }

    /** A systemd unit, {@code nginx.service}. */
    static boolean unit(char[] t, int start, int end) {
        int dot = end - 1;
        while (dot > start && t[dot] != '.') {
            dot--;
        }
        return dot > start && UNITS.has(t, dot + 1, end);
    }

    /** {@code package~31bf3856ad364e35~amd64~~6.1.1.2}: fields joined by tildes are an identity as a whole. */
    static boolean tilded(char[] t, int start, int end) {
        for (int p = start + 1; p < end - 1; p++) {
            if (t[p] == '~') {
                return true;
            }
        }
        return false;
    }

    static boolean hasCapitals(char[] t, int start, int end) {
        for (int p = start; p < end; p++) {
            if (CharClass.upper(t[p])) {
                return true;
            }
        }
        return false;
    }

    static int dots(char[] t, int start, int end) {
        int dots = 0;
        for (int p = start; p < end; p++) {
            dots += t[p] == '.' ? 1 : 0;
        }
        return dots;
    }

    static boolean duration(char[] t, int start, int end) {
        return DURATIONS.has(t, start, end);
    }

    static boolean size(char[] t, int start, int end) {
        return SIZES.has(t, start, end);
    }

    /** {@code 1h2m3.5s}: numbers and short units in turn. */
    static boolean compoundDuration(char[] t, int start, int end) {
        int p = start;
        while (p < end) {
            int from = p;
            while (p < end && (digit(t[p]) || t[p] == '.')) {
                p++;
            }
            int unit = p;
            while (p < end && letter(t[p])) {
                p++;
            }
            if (unit == from || p == unit || p - unit > 2 || "hmsdunµ".indexOf(t[unit]) < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean oneOf(String[] words, char[] t, int start, int end) {
        for (String word : words) {
            if (is(word, t, start, end)) {
                return true;
            }
        }
        return false;
    }

    static boolean is(String word, char[] t, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != t[start + i]) {
                return false;
            }
        }
        return true;
    }
}
