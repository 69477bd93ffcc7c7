package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.letter;
import static io.faultprint.correlate.signature.CharClass.upper;

/** The times that only headers have beside those of {@link Times}; every method gives the end of what it found, or -1. */
final class HeaderTimes {

    private static final int MOST_BEFORE_EPOCH = 5;
    private static final int EPOCH_SECONDS = 10;
    private static final int EPOCH_MILLIS = 13;

    private HeaderTimes() {}

    /**
     * @param bracketed whether an opening bracket stands before it
     * @param epoch whether a number may be seconds or milliseconds since 1970 here
     */
    static int end(char[] t, int start, int n, boolean bracketed, boolean epoch) {
        if (!digit(t[start])) {
            boolean name = start + 4 < n && (t[start + 3] == ' ' || t[start + 3] == ',');
            int named = name ? Times.named(t, start, n) : -1;
            return named > 0 || name ? named : klog(t, start, n);
        }
        int day = dayAndClock(t, start, n);
        if (day > 0) {
            return day;
        }
        int usual = Times.numeric(t, start, n);
        if (usual > 0) {
            return usual;
        }
        int digits = digits(t, start, n);
        int compact = digits - start == 6 && digits + 7 <= n && t[digits] == ' ' ? digits(t, digits + 1, n) : -1;
        if (compact == digits + 7) {
            return compact;
        }
        int fraction = digits < n && t[digits] == '.' ? digits(t, digits + 1, n) : digits;
        if (bracketed) {
            return fraction - digits == 7 ? fraction : -1;
        }
        boolean shaped = t[start] == '1' && (digits - start == EPOCH_SECONDS || digits - start == EPOCH_MILLIS);
        return epoch && shaped && (fraction == n || !alphanumeric(t[fraction])) ? fraction : -1;
    }

    /** Whether a time is one wherever it stands; a bare date, and a number that may be seconds, depend on what follows. */
    static boolean certain(char[] t, int start, int end, boolean first) {
        if (letter(t[start])) {
            return true;
        }
        int digits = digits(t, start, end);
        if (digits - start >= EPOCH_SECONDS) {
            return !first || end > digits;
        }
        boolean clock = digits - start == 6 && end == start + 13;
        int colons = 0;
        int dots = 0;
        for (int p = start; p < end; p++) {
            colons += t[p] == ':' ? 1 : 0;
            dots += t[p] == '.' ? 1 : 0;
        }
        return clock || colons >= 2 || dots >= 3;
    }

    /**
     * The end of seconds since the epoch that stand alone within the next few words, as where a record's number, its
     * node, component and state come first; -1 when there are none.
     */
    static int epochAhead(char[] t, int start, int n) {
        int p = start;
        for (int word = 0; word < MOST_BEFORE_EPOCH && p < n && t[p] == ' '; word++) {
            int from = p + 1;
            p = from;
            while (p < n && t[p] != ' ') {
                p++;
            }
            if (p - from == EPOCH_SECONDS && t[from] == '1' && digits(t, from, n) == p) {
                return word > 0 ? p : -1;
            }
        }
        return -1;
    }

    /** Classic syslog: month, day and clock without a year, after which a host stands. */
    static boolean syslog(char[] t, int start, int end) {
        return upper(t[start]) && end - start <= "Mar 12 10:11:12".length() && t[end - 3] == ':';
    }

    /** {@code 03-17 16:13:38.811}, {@code 10.30 16:49:06}. */
    private static int dayAndClock(char[] t, int start, int n) {
        int month = digits(t, start, n);
        if (month != start + 2 || month >= n || (t[month] != '-' && t[month] != '.' && t[month] != '/')) {
            return -1;
        }
        int day = digits(t, month + 1, n);
        if (day != month + 3 || day >= n || t[day] != ' ') {
            return -1;
        }
        int clock = digits(t, day + 1, n);
        boolean seconds =
                clock == day + 3 && clock + 5 < n && t[clock] == ':' && t[clock + 3] == ':' && digit(t[clock + 5]);
        return seconds ? Times.numeric(t, day + 1, n) : -1;
    }

    /** {@code I0312 10:11:12.345678}. */
    private static int klog(char[] t, int start, int n) {
        int date = digits(t, start + 1, n);
        boolean shaped = "IWEFD".indexOf(t[start]) >= 0
                && date == start + 5
                && date + 1 < n
                && t[date] == ' '
                && digit(t[date + 1]);
        return shaped ? Times.numeric(t, date + 1, n) : -1;
    }

    private static int digits(char[] t, int start, int n) {
        int p = start;
        while (p < n && digit(t[p])) {
            p++;
        }
        return p;
    }
}
