package io.faultprint.correlate.signature;

import java.util.Objects;

/**
 * The masked line as it grows. A run of equal placeholders with equal separators is cut after {@value #LONGEST_RUN}:
 * lists of any length then give few different texts.
 */
final class MaskedText {

    private static final int LONGEST_RUN = 4;
    private static final int LONGEST_SEPARATOR = 3;

    private char[] text = new char[1024];
    private int length;
    private int tokens;

    private Placeholder last = Placeholder.MORE;
    /** Where the last placeholder ended; -1 when a word has come since. */
    private int lastEnd = -1;

    // One step of the scan may go a few tokens beyond the most.
    private final Placeholder[] kinds = new Placeholder[Masker.MAX_TOKENS + 8];
    private final int[] starts = new int[kinds.length];
    private final int[] ends = new int[kinds.length];
    private int places;

    private int run;
    private int separatorStart;
    private int separatorLength;

    void clear() {
        length = 0;
        tokens = 0;
        lastEnd = -1;
        run = 0;
        places = 0;
    }

    int tokens() {
        return tokens;
    }

    int places() {
        return places;
    }

    Placeholder placeholder(int place) {
        return kinds[Objects.checkIndex(place, places)];
    }

    int start(int place) {
        return starts[Objects.checkIndex(place, places)];
    }

    int end(int place) {
        return ends[Objects.checkIndex(place, places)];
    }

    long hash() {
        trim();
        return TextHash.of(text, length, 0);
    }

    @Override
    public String toString() {
        trim();
        return new String(text, 0, length);
    }

    /** A run of spaces is one. */
    void space() {
        if (length > 0 && text[length - 1] != ' ') {
            symbol(' ');
        }
    }

    void symbol(char c) {
        room(1);
        text[length++] = c;
    }

    boolean endsWith(char c) {
        return length > 0 && text[length - 1] == c;
    }

    void literal(String word) {
        room(word.length());
        word.getChars(0, word.length(), text, length);
        length += word.length();
        lastEnd = -1;
        tokens++;
    }

    void word(char[] line, int start, int end) {
        room(end - start);
        System.arraycopy(line, start, text, length, end - start);
        length += end - start;
        lastEnd = -1;
        tokens++;
    }

    /** Stands for {@code [start, end)} of the line. */
    void placeholder(Placeholder kind, int start, int end) {
        if (repeats(kind)) {
            if (run >= LONGEST_RUN) {
                length = lastEnd;
                return;
            }
            run++;
        } else {
            run = lastEnd >= 0 && kind == last ? 2 : 1;
        }
        if (lastEnd >= 0) {
            separatorStart = lastEnd;
            separatorLength = length - lastEnd;
        }
        String name = kind.text();
        room(name.length());
        name.getChars(0, name.length(), text, length);
        length += name.length();
        last = kind;
        lastEnd = length;
        tokens++;
        kinds[places] = kind;
        starts[places] = start;
        ends[places++] = end;
    }

    private boolean repeats(Placeholder kind) {
        if (lastEnd < 0 || kind != last || run < 2 || length - lastEnd != separatorLength) {
            return false;
        }
        if (separatorLength > LONGEST_SEPARATOR) {
            return false;
        }
        for (int i = 0; i < separatorLength; i++) {
            if (text[separatorStart + i] != text[lastEnd + i]) {
                return false;
            }
        }
        return true;
    }

    private void trim() {
        while (length > 0 && text[length - 1] == ' ') {
            length--;
        }
    }

    private void room(int more) {
        if (length + more > text.length) {
            text = java.util.Arrays.copyOf(text, Math.max(text.length * 2, length + more));
        }
    }
}
