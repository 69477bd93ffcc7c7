package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.hex;
import static io.faultprint.correlate.signature.CharClass.letter;
import static io.faultprint.correlate.signature.CharClass.upper;

/** Masks one chunk (what stands between spaces and delimiters), piece by piece, by shape. */
final class Pieces {

    private static final int PART = CharClass.LETTER | CharClass.DIGIT | CharClass.DOT | CharClass.JOINER;
    private static final int PLAIN = CharClass.LETTER | CharClass.JOINER | CharClass.SYMBOL;
    private static final Words FLAGS = Words.of("true", "false", "null", "True", "False", "None");

    private final MaskedText out;
    private final Names names = new Names();

    Pieces(MaskedText out) {
        this.out = out;
    }

    void newLine() {
        names.newLine();
    }

    /**
     * Masks the chunk {@code [start, end)} of a line of {@code n} characters.
     *
     * @return where to go on: {@code end}, or later when a variable ran on over spaces (a date, a number and its unit)
     */
    int chunk(char[] t, int start, int end, int n, int classes) {
        int bare = bare(t, start, end);
        int kinds = bare == end ? classes : classes(t, start, bare);
        int p = (kinds & ~PLAIN) == 0 ? word(t, start, bare, n) : pieces(t, start, bare, n, kinds);
        while (p < end && out.tokens() < Masker.MAX_TOKENS) {
            p = symbols(t, p, end);
        }
        return p;
    }

    /** Where a chunk ends without the punctuation of a sentence. */
    static int bare(char[] t, int start, int end) {
        int bare = end;
        while (bare > start && trailing(t[bare - 1])) {
            bare--;
        }
        return bare;
    }

    static int classes(char[] t, int start, int end) {
        int classes = 0;
        for (int p = start; p < end; p++) {
            classes |= CharClass.of(t[p]);
        }
        return classes;
    }

    private static boolean trailing(char c) {
        return c == '.' || c == ':' || c == '!' || c == '?';
    }

    private int pieces(char[] t, int start, int end, int n, int kinds) {
        if ((kinds & CharClass.SLASH) != 0 && (kinds & CharClass.COLON) != 0 && Shapes.url(t, start, end)) {
            int url = Shapes.urlEnd(t, start, n);
            out.placeholder(Placeholder.URL, start, url);
            return url;
        }
        if ((kinds & CharClass.AT) != 0) {
            int at = start;
            while (t[at] != '@') {
                at++;
            }
            if (Shapes.email(t, start, end, at)) {
                out.placeholder(Placeholder.EMAIL, start, end);
                return end;
            }
        }
        if ((kinds & (CharClass.DIGIT | CharClass.SYMBOL)) == (CharClass.DIGIT | CharClass.SYMBOL)
                && (kinds & CharClass.SLASH) == 0
                && Shapes.tilded(t, start, end)) {
            out.placeholder(Placeholder.ID, start, end);
            return end;
        }
        int p = start;
        while (p < end && out.tokens() < Masker.MAX_TOKENS) {
            p = piece(t, p, end, n, kinds, p == start || !alphanumeric(t[p - 1]));
        }
        return p;
    }

    private int piece(char[] t, int p, int end, int n, int kinds, boolean fresh) {
        char c = t[p];
        if (digit(c) && fresh) {
            int time = Times.numeric(t, p, n);
            if (time >= 0) {
                out.placeholder(Placeholder.TIME, p, time);
                return time;
            }
            int ip = Shapes.ip4(t, p, end);
            if (ip >= 0) {
                out.placeholder(Placeholder.IP, p, ip);
                return ip;
            }
        }
        if (fresh && (kinds & CharClass.COLON) != 0 && (hex(c) || c == ':')) {
            int address = Shapes.colonHex(t, p, end);
            if (address >= 0) {
                out.placeholder(Shapes.pairs(t, p, address) ? Placeholder.MAC : Placeholder.IP, p, address);
                return address;
            }
        }
        if (fresh && (kinds & CharClass.SLASH) != 0) {
            int path = Shapes.path(t, p, end, n);
            if (path >= 0) {
                if (c == '/' && Shapes.ip4(t, p + 1, end) >= 0) {
                    return p + 1;
                }
                out.placeholder(Placeholder.PATH, p, path);
                return path;
            }
        }
        if (letter(c) && p + 2 < end && t[p + 1] == ':' && t[p + 2] == '\\') {
            out.placeholder(Placeholder.PATH, p, end);
            return end;
        }
        int q = p;
        int seen = 0;
        for (; q < end; q++) {
            int kind = CharClass.of(t[q]);
            if ((kind & PART) == 0 || (kind == CharClass.DOT && q + 1 < end && t[q + 1] == '.')) {
                break;
            }
            seen |= kind;
        }
        return q == p ? symbols(t, p, end) : segment(t, p, q, end, n, fresh, seen);
    }

    /** Letters, digits, dots, dashes and underscores, up to any other character. */
    private int segment(char[] t, int start, int q, int end, int n, boolean fresh, int seen) {
        int p = start;
        while (p < q - 1 && !alphanumeric(t[p]) && !(fresh && digit(t[p + 1]) && (t[p] == '-' || t[p] == '.'))) {
            out.symbol(t[p++]);
        }
        int stop = q;
        while (stop > p && !alphanumeric(t[stop - 1])) {
            stop--;
        }
        if (stop == p) {
            return symbols(t, p, q);
        }
        int kinds = p == start && stop == q ? seen : classes(t, p, stop);
        int after;
        if ((kinds & CharClass.DIGIT) == 0) {
            after = named(t, p, stop, end, n, kinds);
        } else if ((kinds & CharClass.LETTER) == 0) {
            after = number(t, p, stop, n);
        } else {
            after = mixed(t, p, stop, end, kinds);
        }
        while (after < q) {
            after = symbols(t, after, q);
        }
        return after;
    }

    private int named(char[] t, int p, int q, int end, int n, int kinds) {
        boolean dotted = (kinds & CharClass.DOT) != 0;
        if (dotted || Shapes.is("localhost", t, p, q)) {
            int port = Shapes.port(t, q, end);
            boolean capitals = Shapes.hasCapitals(t, p, q);
            if (port > q && capitals && Shapes.dots(t, p, q) > 2) {
                out.placeholder(Placeholder.FRAME, p, port);
                return port;
            }
            if (dotted && Shapes.unit(t, p, q)) {
                out.placeholder(Placeholder.ID, p, q);
                return q;
            }
            if (!capitals && (port > q || (dotted && Shapes.host(t, p, q)))) {
                out.placeholder(Placeholder.HOST, p, port);
                return port;
            }
        }
        return word(t, p, q, n);
    }

    private int number(char[] t, int p, int q, int n) {
        if (q < n && t[q] == ' ') {
            int unit = q + 1;
            while (unit < n && letter(t[unit])) {
                unit++;
            }
            if (unit > q + 1 && (unit == n || !alphanumeric(t[unit]))) {
                boolean duration = Shapes.duration(t, q + 1, unit);
                if (duration || Shapes.size(t, q + 1, unit)) {
                    out.placeholder(duration ? Placeholder.DURATION : Placeholder.SIZE, p, unit);
                    return unit;
                }
            }
        }
        out.placeholder(Placeholder.NUMBER, p, q);
        return q;
    }

    private int mixed(char[] t, int p, int q, int end, int kinds) {
        boolean joined = (kinds & CharClass.JOINER) != 0;
        boolean dotted = (kinds & CharClass.DOT) != 0;
        if (dotted) {
            int port = Shapes.port(t, q, end);
            if (port > q) {
                out.placeholder(Placeholder.HOST, p, port);
                return port;
            }
            if (!Shapes.hasCapitals(t, p, q) && Shapes.host(t, p, q)) {
                out.placeholder(Placeholder.HOST, p, q);
                return q;
            }
            int dot = q - 1;
            while (digit(t[dot])) {
                dot--;
            }
            if (t[dot] == '.' && dot < q - 1 && (classes(t, p, dot) & CharClass.DIGIT) == 0) {
                out.word(t, p, dot + 1);
                out.placeholder(Placeholder.NUMBER, dot + 1, q);
                return q;
            }
        }
        if (!joined && !dotted && keeps(t, p, q)) {
            out.word(t, p, q);
        } else {
            out.placeholder(shape(t, p, q), p, q);
        }
        return q;
    }

    private static Placeholder shape(char[] t, int p, int q) {
        if (Shapes.uuid(t, p, q)) {
            return Placeholder.UUID;
        }
        int hexed = 0;
        int from = t[p] == '0' && p + 2 < q && (t[p + 1] == 'x' || t[p + 1] == 'X') ? p + 2 : p;
        for (int i = from; i < q && hex(t[i]); i++) {
            hexed++;
        }
        if (hexed == q - from && (from > p || hexed >= 6)) {
            return Placeholder.HEX;
        }
        int unit = t[p] == '-' ? p + 1 : p;
        while (unit < q && (digit(t[unit]) || t[unit] == '.')) {
            unit++;
        }
        if (Shapes.size(t, unit, q)) {
            return Placeholder.SIZE;
        }
        return digit(t[p]) && (Shapes.duration(t, unit, q) || Shapes.compoundDuration(t, p, q))
                ? Placeholder.DURATION
                : Placeholder.ID;
    }

    /** Capitals with one digit at the end (SOCKS5, L3), or one digit within a long name (Travel2Controller), are words. */
    private static boolean keeps(char[] t, int p, int q) {
        int at = -1;
        boolean capitals = true;
        for (int i = p; i < q; i++) {
            if (digit(t[i])) {
                if (at >= 0) {
                    return false;
                }
                at = i;
            } else {
                capitals &= upper(t[i]);
            }
        }
        return at > p && (at == q - 1 ? capitals : q - p > 6);
    }

    private int word(char[] t, int p, int q, int n) {
        if (q == p) {
            return p;
        }
        if (FLAGS.has(t, p, q)) {
            out.placeholder(Placeholder.FLAG, p, q);
            return q;
        }
        if (q - p == 3 && upper(t[p])) {
            int time = Times.named(t, p, n);
            if (time >= 0) {
                out.placeholder(Placeholder.TIME, p, time);
                return time;
            }
        }
        if (Shapes.addressed(t, q, n)) {
            out.placeholder(Placeholder.HOST, p, q);
            return q;
        }
        if (names.person(t, p, q, n)) {
            out.placeholder(Placeholder.NAME, p, q);
        } else {
            out.word(t, p, q);
        }
        names.passed(p, q);
        return q;
    }

    /** Copies what masks nothing; a leader of dots ("........0") has one length. */
    private int symbols(char[] t, int start, int end) {
        int dots = start;
        while (dots < end && t[dots] == '.') {
            dots++;
        }
        if (dots == start) {
            out.symbol(t[start]);
            return start + 1;
        }
        for (int i = 0; i < Math.min(3, dots - start); i++) {
            out.symbol('.');
        }
        return dots;
    }
}
