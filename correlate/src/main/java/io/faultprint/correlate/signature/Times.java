package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.letter;
import static io.faultprint.correlate.signature.CharClass.upper;

/** Recognises dates and times, which may span spaces; every method gives the end of what it found, or -1. */
final class Times {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";

    private Times() {}

    /** A date, a time of day, or both, that starts with a digit. */
    static int numeric(char[] t, int start, int n) {
        int digits = digits(t, start, n);
        int end = -1;
        if (digits >= start + 1 && digits < n) {
            char next = t[digits];
            int length = digits - start;
            if (next == ':' && length <= 2) {
                end = clock(t, start, n);
            } else if ((next == '-' || next == '/' || next == '.') && length <= 4) {
                end = date(t, start, digits, n);
            } else if (length == 8 && (next == '-' || next == 'T' || next == ' ')) {
                end = clock(t, digits + 1, n);
            } else if (next == ' ' && length <= 2) {
                end = dayMonth(t, digits + 1, n);
            }
        }
        return end >= 0 && (end == n || !alphanumeric(t[end])) ? end : -1;
    }

    /** {@code [Fri ]Jul 01[ 08:16:53][ PDT][ 2005]}, where a letter stands. */
    static int named(char[] t, int start, int n) {
        int p = start;
        if (name(DAYS, t, p, n)) {
            p = skip(t, skip(t, p + 3, n, ','), n, ' ');
            if (p < n && digit(t[p])) {
                int end = digits(t, p, n);
                return end < n && t[end] == ' ' ? dayMonth(t, end + 1, n) : -1;
            }
        }
        if (!name(MONTHS, t, p, n)) {
            return -1;
        }
        p += 3;
        if (p >= n || t[p] != ' ') {
            return -1;
        }
        p = skip(t, skip(t, p, n, ' '), n, ' ');
        int day = digits(t, p, n);
        if (day == p || day > p + 2) {
            return -1;
        }
        return yearAndClock(t, skip(t, day, n, ','), n);
    }

    private static int dayMonth(char[] t, int p, int n) {
        return name(MONTHS, t, p, n) ? yearAndClock(t, p + 3, n) : -1;
    }

    private static int yearAndClock(char[] t, int start, int n) {
        int end = start;
        for (int part = 0; part < 3; part++) {
            int p = skip(t, end, n, ' ');
            int next = p == end ? -1 : clock(t, p, n);
            if (next < 0 && p > end) {
                int year = digits(t, p, n);
                next = year == p + 4 && (year == n || !alphanumeric(t[year])) ? year : zoneName(t, p, n);
            }
            if (next < 0) {
                break;
            }
            end = next;
        }
        return end == n || !alphanumeric(t[end]) ? end : -1;
    }

    private static int date(char[] t, int start, int first, int n) {
        char separator = t[first];
        int second = digits(t, first + 1, n);
        if (second == first + 1 && separator != '.') {
            if (!name(MONTHS, t, second, n) || second + 3 >= n || t[second + 3] != separator) {
                return -1;
            }
            second += 3;
        }
        if (second >= n || second - first > 4 || t[second] != separator) {
            return -1;
        }
        int third = digits(t, second + 1, n);
        int years = Math.max(first - start, third - second - 1);
        boolean shaped = first - start == 4 ? third - second - 1 == 2 : first - start <= 2 && third - second - 1 >= 2;
        if (!shaped || years > 4 || years == 3 || (separator == '.' && years != 4)) {
            return -1;
        }
        if (third < n
                && (t[third] == 'T'
                        || t[third] == ' '
                        || t[third] == '-'
                        || t[third] == ':'
                        || t[third] == '_'
                        || t[third] == '.')) {
            int end = clock(t, third + 1, n);
            if (end < 0 && third + 1 < n) {
                end = dottedClock(t, third + 1, n);
            }
            return end < 0 ? third : end;
        }
        return third;
    }

    /** {@code 15.42.50.363779}, as some supercomputers write it after a date. */
    private static int dottedClock(char[] t, int start, int n) {
        int p = start;
        for (int part = 0; part < 3; part++) {
            int end = digits(t, p, n);
            if (end != p + 2 || (part < 2 && (end >= n || t[end] != '.'))) {
                return -1;
            }
            p = part < 2 ? end + 1 : end;
        }
        return p + 1 < n && t[p] == '.' && digit(t[p + 1]) ? digits(t, p + 1, n) : p;
    }

    private static int clock(char[] t, int start, int n) {
        int hours = digits(t, start, n);
        if (hours == start || hours > start + 2 || hours >= n || t[hours] != ':') {
            return -1;
        }
        int end = digits(t, hours + 1, n);
        if (end == hours + 1 || end > hours + 3 || (end < hours + 3 && (end >= n || t[end] != ':'))) {
            return -1;
        }
        if (end < n && t[end] == ':') {
            int seconds = digits(t, end + 1, n);
            if (seconds == end + 1 || seconds > end + 3) {
                return end == hours + 3 ? end : -1;
            }
            end = seconds;
            if (end + 1 < n && (t[end] == '.' || t[end] == ',' || t[end] == ':') && digit(t[end + 1])) {
                end = digits(t, end + 1, n);
            }
        }
        return zone(t, end, n);
    }

    private static int zone(char[] t, int end, int n) {
        if (end >= n) {
            return end;
        }
        if (t[end] == 'Z') {
            return end + 1;
        }
        int p = t[end] == ' ' ? end + 1 : end;
        if (p + 1 < n && (t[p] == '+' || t[p] == '-') && digit(t[p + 1])) {
            int hours = digits(t, p + 1, n);
            if (hours == p + 5) {
                return hours;
            }
            if (hours == p + 3 && hours < n && t[hours] == ':') {
                int minutes = digits(t, hours + 1, n);
                return minutes == hours + 3 ? minutes : end;
            }
            return end;
        }
        if (p > end) {
            int named = zoneName(t, p, n);
            return named < 0 ? end : named;
        }
        return end;
    }

    /** UTC, GMT, or three or four capitals that end in a T (PDT, CEST). */
    private static int zoneName(char[] t, int p, int n) {
        int end = p;
        while (end < n && upper(t[end])) {
            end++;
        }
        int length = end - p;
        if (length < 3 || length > 4 || (end < n && alphanumeric(t[end]))) {
            return -1;
        }
        boolean utc = length == 3 && t[p] == 'U' && t[p + 1] == 'T' && t[p + 2] == 'C';
        boolean time = t[end - 1] == 'T' && (t[end - 2] == 'S' || t[end - 2] == 'D' || t[end - 2] == 'M');
        return utc || time ? end : -1;
    }

    private static int digits(char[] t, int start, int n) {
        int p = start;
        while (p < n && digit(t[p])) {
            p++;
        }
        return p;
    }

    private static int skip(char[] t, int p, int n, char c) {
        return p < n && t[p] == c ? p + 1 : p;
    }

    private static boolean name(String names, char[] t, int p, int n) {
        if (p + 3 > n || (p + 3 < n && letter(t[p + 3]))) {
            return false;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if (t[p] == names.charAt(i) && t[p + 1] == names.charAt(i + 1) && t[p + 2] == names.charAt(i + 2)) {
                return true;
            }
        }
        return false;
    }
}
