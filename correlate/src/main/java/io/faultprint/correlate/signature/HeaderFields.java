package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;
import static io.faultprint.correlate.signature.CharClass.letter;
import static io.faultprint.correlate.signature.CharClass.upper;

import io.faultprint.correlate.signature.Header.Part;

/** Reads one field of a header at a time, and keeps what the fields before it told. */
final class HeaderFields {

    private static final String TIME = Placeholder.TIME.text();
    private static final int LONGEST_NAME = 80;
    private static final int PROTOCOL_FIELDS = 4;

    /** Of the word last looked at: what its characters are, and whether a bracket is among them. */
    private int classes;

    private boolean bracketed;
    private Part kind = Part.OTHER;
    private boolean certain;
    private boolean closed;

    private int fields;
    private boolean timed;
    private boolean clocked;
    /** The first field is a number or a mark, as in front of seconds since the epoch. */
    private boolean labelled;

    private boolean levelled;
    private boolean marked;
    private boolean shortLevel;
    /** The field before was the time of classic syslog, after which the host stands. */
    private boolean syslog;

    private boolean hosted;
    /** The line begins with a syslog priority in angles. */
    private boolean numbered;
    /** Syslog of RFC 5424, whose four fields after the time are whatever they are. */
    private boolean protocol;

    private int named;
    private boolean logger;
    private int brackets;

    void clear() {
        fields = 0;
        timed = false;
        clocked = false;
        labelled = false;
        levelled = false;
        marked = false;
        shortLevel = false;
        syslog = false;
        hosted = false;
        numbered = false;
        protocol = false;
        named = 0;
        logger = false;
        brackets = 0;
        closed = false;
    }

    Part kind() {
        return kind;
    }

    /** Whether the last field belongs to a header whatever follows. */
    boolean certain() {
        return certain;
    }

    /** Whether the message follows for sure. */
    boolean closed() {
        return closed;
    }

    boolean isHeader() {
        return timed || (levelled && marked);
    }

    /** A cheap look at where a line begins: most messages end here. */
    boolean mayBegin(char[] t, int p, int n, boolean timeOnly) {
        char c = t[p];
        if (digit(c) || c == '[') {
            return true;
        }
        if (timeOnly) {
            return upper(c) && p + 3 < n && t[p + 3] == ' ' && Times.named(t, p, n) > 0;
        }
        if (c == '-' || c == '<' || c == '(' || CharClass.of(c) == SPACE) {
            return p + 1 < n;
        }
        if (!letter(c)) {
            return false;
        }
        int end = word(t, p, n);
        if (upper(c)) {
            return Levels.surely(t, p, nameEnd(t, p, end))
                    || (end - p == 3 && Times.named(t, p, n) > 0)
                    || (end - p > 1 && (digit(t[p + 1]) || t[p + 1] == '/') && Levels.letter(c))
                    || timeFollows(t, end, n);
        }
        return Levels.surely(t, p, nameEnd(t, p, end)) || timeFollows(t, end, n);
    }

    /** A file's or container's name stands before the header that it holds. */
    private boolean timeFollows(char[] t, int end, int n) {
        int p = end;
        while (p < n && (CharClass.of(t[p]) == SPACE || t[p] == '|')) {
            p++;
        }
        return p > end && p + 1 < n && digit(t[p]) && digit(t[p + 1]);
    }

    /** The end of the field at {@code p}; -1 when the message begins there. */
    int next(char[] t, int p, int n) {
        kind = Part.OTHER;
        certain = false;
        boolean afterSyslog = syslog;
        syslog = false;
        int end = field(t, p, n, afterSyslog);
        fields++;
        return end;
    }

    private int field(char[] t, int p, int n, boolean afterSyslog) {
        int end = time(t, p, n);
        if (end > 0) {
            return end;
        }
        char c = t[p];
        if (c == '<' && HeaderNames.placeholder(t, p, n) > 0) {
            kind = Part.OTHER;
            return HeaderNames.placeholder(t, p, n);
        }
        if (c == '[' || c == '<' || c == '(') {
            return bracket(t, p, n);
        }
        int stop = word(t, p, n);
        labelled |= fields == 0 && (digit(c) || c == '-' || HeaderNames.nameLike(t, p, stop, classes));
        if (protocol && timed && named < PROTOCOL_FIELDS) {
            named++;
            kind = named == 1 ? Part.HOST : Part.PROCESS;
            certain = true;
            return stop;
        }
        if (afterSyslog && stop > p && t[stop - 1] != ':') {
            hosted = true;
            kind = Part.HOST;
            certain = true;
            return stop;
        }
        end = level(t, p, stop, n);
        if (end > 0) {
            return end;
        }
        if (digit(c)) {
            return number(t, p, stop, n);
        }
        return name(t, p, stop, n);
    }

    private int time(char[] t, int p, int n) {
        int from = p;
        char c = t[p];
        boolean bracket = c == '[' && p + 1 < n;
        if (bracket) {
            from++;
            while (from < n && t[from] == ' ') {
                from++;
            }
        }
        boolean epoch = !clocked && !levelled && (fields == 0 || labelled);
        if (masked(t, from, n)) {
            return masked(t, from, n, bracket);
        }
        int end = from < n && (digit(t[from]) || upper(t[from])) ? HeaderTimes.end(t, from, n, bracket, epoch) : -1;
        if (end < 0) {
            return -1;
        }
        if (bracket) {
            if (end >= n || t[end] != ']') {
                return -1;
            }
            end++;
        }
        boolean whole = end == n || !alphanumeric(t[end]);
        if (!whole) {
            return -1;
        }
        kind = Part.TIME;
        certain = bracket || HeaderTimes.certain(t, from, end, fields == 0);
        timed |= certain;
        clocked |= certain;
        syslog = !bracket && HeaderTimes.syslog(t, from, end);
        if (syslog && end < n && t[end] == ':') {
            return end + 1;
        }
        return end;
    }

    /** A line that is masked already has its time so. */
    private static boolean masked(char[] t, int p, int n) {
        return p + TIME.length() <= n && Shapes.is(TIME, t, p, p + TIME.length());
    }

    private int masked(char[] t, int p, int n, boolean bracket) {
        int end = p + TIME.length();
        if (bracket && (end >= n || t[end] != ']')) {
            return -1;
        }
        kind = Part.TIME;
        certain = true;
        timed = true;
        clocked = true;
        return bracket ? end + 1 : end;
    }

    private int level(char[] t, int p, int stop, int n) {
        if (levelled && fields > 1 && !timed) {
            return -1;
        }
        int end = nameEnd(t, p, stop);
        boolean gap = end == n
                || (end + 1 < n && CharClass.of(t[end]) == SPACE && CharClass.of(t[end + 1]) == SPACE)
                || (end < n && t[end] == '\t');
        boolean punctuated = end < n && (t[end] == ':' || t[end] == '|' || t[end] == ',');
        if (end == p + 1 && Levels.letter(t[p]) && timed && end < n && (t[end] == ' ' || t[end] == '/')) {
            shortLevel = true;
            return levelAt(t[end] == '/' ? end + 1 : end, true);
        }
        if (end == p + 1 && fields == 0 && Levels.letter(t[p]) && end < n && t[end] == '/') {
            return tag(t, end + 1, n);
        }
        if (end == p + 5 && fields == 0 && Levels.letter(t[p]) && digit(t[p + 1]) && end < n && t[end] == ' ') {
            return -1;
        }
        if (Levels.surely(t, p, end)) {
            boolean whole = end == n || CharClass.of(t[end]) == SPACE || punctuated || t[end] == ']';
            if (!whole) {
                return -1;
            }
            marked |= punctuated && end + 1 < n && letter(t[end + 1]);
            return levelAt(punctuated && t[end] != '|' ? end + 1 : end, timed || fields == 0);
        }
        if (timed && (gap || punctuated) && Levels.marked(t, p, end)) {
            return levelAt(punctuated && t[end] != '|' ? end + 1 : end, true);
        }
        return -1;
    }

    private int levelAt(int end, boolean sure) {
        levelled = true;
        kind = Part.LEVEL;
        certain = sure;
        return end;
    }

    /** {@code D/Tag( 123): } as Android's brief form has it. */
    private int tag(char[] t, int start, int n) {
        int p = start;
        while (p < n && p - start < LONGEST_NAME && (alphanumeric(t[p]) || t[p] == '_' || t[p] == '.' || t[p] == '-')) {
            p++;
        }
        while (p < n && (t[p] == ' ' || t[p] == '(' || digit(t[p]))) {
            p++;
        }
        if (p + 1 >= n || t[p] != ')' || t[p + 1] != ':') {
            return -1;
        }
        marked = true;
        closed = true;
        return levelAt(p + 2, true);
    }

    private int bracket(char[] t, int p, int n) {
        int end = HeaderBrackets.closing(t, p, n);
        if (end < 0) {
            return -1;
        }
        int in = p + 1;
        while (in < end - 1 && t[in] == ' ') {
            in++;
        }
        int word = nameEnd(t, in, end - 1);
        boolean single = HeaderBrackets.single(t, in, end - 1);
        brackets++;
        if (t[p] != '(' && HeaderBrackets.levelInside(t, in, end - 1, word)) {
            marked = true;
            return levelAt(end, true);
        }
        if (t[p] == '<') {
            boolean number = single && in < end - 1 && digit(t[in]);
            kind = Part.PROCESS;
            numbered = number && fields == 0;
            certain = number && timed;
            return number ? end : -1;
        }
        if (t[p] == '(') {
            return -1;
        }
        kind = Part.THREAD;
        boolean process = Shapes.is("pid", t, in, Math.min(in + 3, n)) || Shapes.is("tid", t, in, Math.min(in + 3, n));
        boolean keyed = HeaderBrackets.contains(t, in, end - 1, '=') && !single;
        boolean client = Shapes.is("client", t, in, Math.min(in + 6, n));
        if (client || (!timed && fields == 0)) {
            return -1;
        }
        certain = (process
                        || (levelled && HeaderBrackets.followed(t, end, n))
                        || (levelled && single && brackets <= 3)
                        || (logger && brackets == 1 && !keyed && HeaderBrackets.requested(t, in, end - 1)))
                && (timed || levelled);
        return end;
    }

    /** A process or thread id, {@code 31#31:}, {@code 1:M}, or the number of a line. */
    private int number(char[] t, int p, int stop, int n) {
        int end = p;
        while (end < stop && digit(t[end])) {
            end++;
        }
        kind = Part.PROCESS;
        if (end == stop) {
            int epoch = fields == 0 ? HeaderTimes.epochAhead(t, end, n) : -1;
            if (epoch > 0) {
                kind = Part.TIME;
                certain = true;
                timed = true;
                clocked = true;
                return epoch;
            }
            certain = timed && end < n && t[end] == '|';
            protocol |= fields == 1 && numbered;
            return fields == 0 || timed || numbered ? end : -1;
        }
        if (t[end] == '#' && stop > end + 1 && t[stop - 1] == ':' && timed) {
            certain = true;
            return stop;
        }
        if (t[end] == ':' && end + 1 == stop && hosted) {
            certain = true;
            return stop;
        }
        if (fields == 0 && t[end] == ':' && stop == end + 2 && letter(t[stop - 1])) {
            return stop;
        }
        return name(t, p, stop, n);
    }

    private int name(char[] t, int p, int stop, int n) {
        if (stop == p || stop - p > LONGEST_NAME) {
            return -1;
        }
        if (t[p] == '#' && stop - p > 2 && t[stop - 1] == '#') {
            // A name that was taken out before we saw it.
            kind = Part.OTHER;
            return stop;
        }
        boolean spaced = stop < n && (t[stop] == '\t' || (t[stop] == ' ' && stop + 1 < n && t[stop + 1] == ' '));
        boolean dashed =
                stop + 2 < n && t[stop] == ' ' && (t[stop + 1] == '-' || t[stop + 1] == ':') && t[stop + 2] == ' ';
        boolean piped = stop < n && (t[stop] == '|' || (t[stop] == ' ' && stop + 1 < n && t[stop + 1] == '|'));
        int program = hosted || bracketed ? HeaderNames.program(t, p, n, hosted) : -1;
        if (program > 0 && (timed || (levelled && fields > 0))) {
            return ends(program, Part.PROCESS);
        }
        boolean colon = t[stop - 1] == ':' && stop - p > 1;
        int end = colon ? stop - 1 : stop;
        boolean dotted = HeaderNames.dotted(t, p, end, classes);
        if (colon) {
            boolean named = hosted || shortLevel || (levelled && (dotted || HeaderNames.humps(t, p, end)));
            return named && (timed || levelled) && stop < n ? ends(stop, Part.LOGGER) : -1;
        }
        if (t[stop - 1] == ']' && timed && HeaderBrackets.contains(t, p, stop, ':')) {
            return ends(stop, Part.LOGGER);
        }
        if (marked && fields == 1 && !timed) {
            int inner = HeaderNames.colon(t, p, stop);
            if (inner > 0) {
                return ends(inner + 1, Part.LOGGER);
            }
        }
        if (piped && timed) {
            kind = Part.OTHER;
            certain = true;
            return stop;
        }
        if (Shapes.is("stdout", t, p, stop) || Shapes.is("stderr", t, p, stop)) {
            boolean flag =
                    stop + 2 < n && t[stop] == ' ' && (t[stop + 1] == 'F' || t[stop + 1] == 'P') && t[stop + 2] == ' ';
            certain = timed && flag;
            return flag ? stop + 2 : -1;
        }
        if (dashed && timed && (dotted || (levelled && HeaderNames.humps(t, p, end)))) {
            return loggerAt(stop);
        }
        int variant = HeaderNames.variant(t, stop, n);
        if (variant > 0 && timed && dotted) {
            return loggerAt(variant);
        }
        if (levelled
                && timed
                && (spaced || (dotted && stop < n && t[stop] == ' ' && stop + 1 < n && t[stop + 1] == '['))) {
            closed = spaced && !HeaderNames.separated(t, stop, n);
            return loggerAt(stop);
        }
        if (dotted || HeaderNames.nameLike(t, p, stop, classes) || (timed && !levelled && !clocked)) {
            kind = Part.OTHER;
            return stop;
        }
        return -1;
    }

    private int loggerAt(int end) {
        kind = Part.LOGGER;
        certain = true;
        logger = true;
        brackets = 0;
        return end;
    }

    private int ends(int end, Part part) {
        kind = part;
        certain = true;
        closed = true;
        return end;
    }

    /** The end of what has no space; brackets begin something else, but for those of a name. */
    private int word(char[] t, int start, int n) {
        int p = start;
        int seen = 0;
        bracketed = false;
        for (; p < n; p++) {
            int of = CharClass.of(t[p]);
            if ((of & (SPACE | CharClass.DELIMITER)) != 0) {
                if (of == SPACE || t[p] == '|') {
                    break;
                }
                bracketed |= t[p] == '[';
            }
            seen |= of;
        }
        classes = seen;
        return p;
    }

    private static int nameEnd(char[] t, int start, int end) {
        int p = start;
        while (p < end && letter(t[p])) {
            p++;
        }
        return p;
    }
}
