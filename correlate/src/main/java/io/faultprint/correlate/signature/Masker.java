package io.faultprint.correlate.signature;

import static io.faultprint.correlate.signature.CharClass.DELIMITER;
import static io.faultprint.correlate.signature.CharClass.SPACE;
import static io.faultprint.correlate.signature.CharClass.alphanumeric;
import static io.faultprint.correlate.signature.CharClass.digit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes the variables out of a line in one scan by hand: no regular expressions, no allocation while a line is scanned.
 *
 * <p>The header of a raw line is set apart first ({@link Header}), and so is all of a structured line but what it says
 * ({@link Structured}). Three things make a variable: its shape (numbers, addresses, ids, paths, times …: {@link Pieces}), its place (what
 * stands after {@code key=}, in a list, alone in a call's brackets: {@link Values}), or its neighbours ({@link Names}).
 * Words in capitals are constants of the code and stay. A redaction token {@code <kind:8 hex>} becomes {@code <kind>}.
 *
 * <p>Bounded: {@value #MAX_CHARACTERS} characters and {@value #MAX_TOKENS} tokens are looked at; what is cut off is
 * said by {@code <more>}. Not for use by two threads at once.
 */
public final class Masker {

    /** How much of a line is looked at. */
    public static final int MAX_CHARACTERS = 4096;

    /** How many words and placeholders a masked line may have. */
    public static final int MAX_TOKENS = 128;

    /** Stands between the message of a structured line and its error. */
    private static final String ERROR = "error=";

    private final char[] line = new char[MAX_CHARACTERS];
    private final SteeringRules rules;
    private final boolean steered;
    private final Header header = new Header();
    private final Structured structured = new Structured();
    private final MaskedText out = new MaskedText();
    private final Pieces pieces = new Pieces(out);
    private final Values values = new Values(out);

    private int n;
    private int depth;
    private int keyStart;
    private int keyEnd;

    public Masker() {
        this(SteeringRules.NONE);
    }

    public Masker(SteeringRules rules) {
        this.rules = rules;
        this.steered = rules.steers();
    }

    /** Whether a rule leaves this line out; it is not to be scanned then. */
    public boolean ignores(String body) {
        if (!rules.ignores()) {
            return false;
        }
        int length = Math.min(body.length(), MAX_CHARACTERS);
        body.getChars(0, length, line, 0);
        return rules.ignores(line, length);
    }

    /** The masked form of a line. */
    public MaskedLine mask(String body) {
        return scanned(scan(body));
    }

    /** The masked form of the line just scanned, for a hash that turned out to be unknown. */
    public MaskedLine scanned(long hash) {
        return new MaskedLine(hash, out.toString(), MaskedLine.Kind.LINE);
    }

    /** The hash that {@link #mask} gives, without building the text: the way of the known line. */
    public long scan(String body) {
        int length = Math.min(body.length(), MAX_CHARACTERS);
        body.getChars(0, length, line, 0);
        out.clear();
        int start = header.end(line, 0, length);
        boolean fields = structured.read(line, start, length);
        int end = fields ? structured.messageEnd() : length;
        boolean all = part(fields ? header.more(line, structured.messageStart(), end) : start, end);
        all &= end < length || length == body.length();
        if (fields && structured.hasError()) {
            out.space();
            out.literal(ERROR);
            all &= part(structured.errorStart(), structured.errorEnd());
        }
        if (!all) {
            out.placeholder(Placeholder.MORE, length, length);
        }
        return out.hash();
    }

    /** The parts of the header of the last line, in order. */
    List<Explanation.HeaderPart> header() {
        List<Explanation.HeaderPart> parts = new ArrayList<>();
        for (int part = 0; part < header.parts(); part++) {
            String text = new String(line, header.start(part), header.end(part) - header.start(part));
            parts.add(new Explanation.HeaderPart(header.kind(part).name().toLowerCase(Locale.ROOT), text));
        }
        return parts;
    }

    /** How many variables the masked form of the last line has; those that a list's cap left out are none of them. */
    public int places() {
        return out.places();
    }

    /** What stands for the variable at a place of the last line, such as {@code <num>}. */
    public String placeholder(int place) {
        return out.placeholder(place).text();
    }

    /** Where the variable at a place begins in the last line. */
    public int valueStart(int place) {
        return out.start(place);
    }

    /** Where the variable at a place ends in the last line. */
    public int valueEnd(int place) {
        return out.end(place);
    }

    /** Whether the last line has this text at a place. */
    public boolean valueIs(int place, String text) {
        int start = out.start(place);
        if (text.length() != out.end(place) - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != line[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** What the last line has at a place. */
    public String value(int place) {
        return new String(line, out.start(place), out.end(place) - out.start(place));
    }

    /** Masks {@code [start, end)}; false when it is cut off at the most tokens. */
    private boolean part(int start, int end) {
        pieces.newLine();
        n = end;
        depth = 0;
        keyStart = start;
        keyEnd = start;
        int i = start;
        while (i < n && out.tokens() < MAX_TOKENS) {
            i = step(i);
        }
        if (i < n) {
            out.space();
        }
        return i >= n;
    }

    private int step(int i) {
        char c = line[i];
        int kind = CharClass.of(c);
        if (kind == SPACE) {
            out.space();
            return i + 1;
        }
        if (kind == DELIMITER) {
            return delimiter(i, c);
        }
        if (c == ':' && out.endsWith('"')) {
            out.symbol(':');
            return value(i + 1, false);
        }
        int classes = 0;
        int end = i;
        while (end < n) {
            kind = CharClass.of(line[end]);
            if ((kind & (SPACE | DELIMITER)) != 0 && !apostrophe(end)) {
                break;
            }
            classes |= kind;
            end++;
        }
        keyStart = i;
        keyEnd = end;
        if (depth > 0 && (classes & CharClass.COLON) != 0) {
            int colon = values.keyBeforeColon(line, i, end);
            if (colon > 0) {
                keyEnd = colon;
                out.word(line, i, colon);
                out.symbol(':');
                return value(colon + 1, true);
            }
        }
        int ruled = steered ? ruled(i, end) : -1;
        return ruled >= 0 ? ruled : pieces.chunk(line, i, end, n, classes);
    }

    /** The end of a word that a rule masks or keeps; -1 when none does. */
    private int ruled(int start, int end) {
        int bare = Pieces.bare(line, start, end);
        if (rules.keeps(line, start, bare)) {
            out.word(line, start, bare);
            return bare;
        }
        if (rules.masks(line, start, bare)) {
            out.placeholder(Placeholder.VALUE, start, bare);
            return bare;
        }
        return -1;
    }

    private boolean kept(int start, int end) {
        return Values.capitals(line, start, end) || (steered && rules.keeps(line, start, end));
    }

    private boolean apostrophe(int at) {
        return line[at] == '\''
                && at > 0
                && at + 1 < n
                && CharClass.letter(line[at - 1])
                && CharClass.letter(line[at + 1]);
    }

    private int delimiter(int i, char c) {
        switch (c) {
            case '=' -> {
                boolean comparison = out.endsWith('=') || out.endsWith('!') || out.endsWith('<') || out.endsWith('>');
                out.symbol('=');
                boolean value =
                        !comparison && keyEnd > keyStart && i + 1 < n && line[i + 1] != '=' && line[i + 1] != '>';
                return value ? value(i + 1, false) : i + 1;
            }
            case '(', '[', '{' -> {
                out.symbol(c);
                depth++;
                int end = c == '(' && i > 0 && alphanumeric(line[i - 1]) ? argument(i + 1) : -1;
                if (end > 0) {
                    out.placeholder(Placeholder.VALUE, i + 1, end);
                    return end;
                }
                return i + 1;
            }
            case ')', ']', '}' -> {
                out.symbol(c);
                depth = Math.max(0, depth - 1);
                return i + 1;
            }
            case '<' -> {
                return angle(i);
            }
            case '"', '\'' -> {
                out.symbol(c);
                int end = quoted(i + 1, c);
                if (end < 0) {
                    return i + 1;
                }
                out.placeholder(Placeholder.VALUE, i + 1, end);
                return end;
            }
            default -> {
                out.symbol(c);
                return i + 1;
            }
        }
    }

    /** The end of one word alone in quotes, which is a name; but not of a key, of a constant, or behind a speaking key. */
    private int quoted(int start, char quote) {
        int end = start;
        while (end < n && line[end] != quote && CharClass.of(line[end]) != SPACE && line[end] != '\\') {
            end++;
        }
        boolean escaped = start > 1 && line[start - 2] == '\\';
        boolean closed =
                end < n && (escaped ? end + 1 < n && line[end] == '\\' && line[end + 1] == quote : line[end] == quote);
        boolean alone = closed && (start < 2 || !alphanumeric(line[start - 2]));
        boolean key = alone && ((end + 1 < n && line[end + 1] == ':') || (start > 1 && line[start - 2] == '{'));
        boolean spoken = start > 1
                && (line[start - 2] == '=' || line[start - 2] == ':')
                && values.speaks(line, keyStart, keyEnd);
        boolean name = end == start || !kept(start, end);
        return alone && !key && !spoken && name ? end : -1;
    }

    /** {@code chdir(pwd)}: one lower-case word alone in the brackets of a call is an argument. */
    private int argument(int start) {
        int end = start;
        while (end < n && CharClass.letter(line[end])) {
            end++;
        }
        boolean alone = end > start + 1 && end < n && line[end] == ')';
        return alone && !kept(start, end) ? end : -1;
    }

    /** {@code <email:0a1b2c3d>} becomes {@code <email>}; {@code <1 sec} is a number; else it is only a sign. */
    private int angle(int i) {
        int p = i + 1;
        while (p < n && line[p] >= 'a' && line[p] <= 'z') {
            p++;
        }
        if (p > i + 1 && p + 9 < n && line[p] == ':' && line[p + 9] == '>' && hexes(p + 1, p + 9)) {
            out.word(line, i, p);
            out.symbol('>');
            return p + 10;
        }
        boolean bound = i + 1 < n && digit(line[i + 1]) && (i == 0 || line[i - 1] == ' ');
        if (!bound) {
            out.symbol('<');
        }
        return i + 1;
    }

    private boolean hexes(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!CharClass.hex(line[i])) {
                return false;
            }
        }
        return true;
    }

    /** Masks what stands after a key, if it is a value; else the scan goes on there. */
    private int value(int start, boolean afterColon) {
        int i = start;
        while (i < n && CharClass.of(line[i]) == SPACE) {
            i++;
        }
        if (i > start) {
            out.space();
        }
        if (i == n || values.speaks(line, keyStart, keyEnd)) {
            return i;
        }
        int end = values.end(line, i, n, depth, afterColon);
        boolean value = end > i && !(i > start && end < n && line[end] == '=');
        if (!value) {
            return i;
        }
        if (kept(i, end)) {
            out.word(line, i, end);
        } else {
            out.placeholder(Placeholder.VALUE, i, end);
        }
        return end;
    }
}
