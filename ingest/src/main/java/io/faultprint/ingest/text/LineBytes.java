package io.faultprint.ingest.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The lines of one file from its bytes, wherever these are cut. A line is whole with its newline; carriage returns before it, a
 * byte order mark and NUL bytes are left out, what is not UTF-8 becomes U+FFFD, and what is too long is cut; each is counted. Holds one
 * line.
 */
public final class LineBytes {

    private static final int USUAL = 8 << 10;
    private static final char REPLACEMENT = '\uFFFD';
    private static final char MARK = '\uFEFF';

    private final int longest;
    private final Consumer<Line> sink;
    private byte[] held = new byte[256];
    private int length;
    private long cut;
    private long start;
    private long position;
    private long number;
    private Counts counts = new Counts(0, 0, 0);

    /** What was mended so far: lines with bytes that are not UTF-8, lines that were cut, and NUL bytes. */
    public record Counts(long notUtf8, long cutLines, long nulBytes) {}

    /**
     * Begins somewhere in a file.
     *
     * @param longest bytes that are kept of a line
     * @param start where the first line begins, bytes
     * @param number which line of the file it is
     */
    public LineBytes(int longest, long start, long number, Consumer<Line> sink) {
        this.longest = longest;
        this.start = start;
        this.position = start;
        this.number = number;
        this.sink = sink;
    }

    /**
     * Takes what comes next in the file.
     *
     * @param readAt when it was read, epoch milliseconds
     */
    public void feed(byte[] bytes, int from, int count, long readAt) {
        int end = from + count;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            position++;
            if (b == '\n') {
                emit(readAt);
            } else if (b == 0) {
                counts = new Counts(counts.notUtf8, counts.cutLines, counts.nulBytes + 1);
            } else if (length < longest) {
                if (length == held.length) {
                    held = Arrays.copyOf(held, Math.min(longest, 2 * length));
                }
                held[length++] = b;
            } else {
                cut++;
            }
        }
    }

    /** Nothing will follow in this file: half a line at its end is one. */
    public void end(long readAt) {
        if (length > 0) {
            emit(readAt);
        }
    }

    /** Where the line begins that is not whole yet: behind the last newline. */
    public long start() {
        return start;
    }

    /** Which line of the file that is. */
    public long number() {
        return number;
    }

    /** Bytes that were fed and lie before here. */
    public long position() {
        return position;
    }

    /** What was mended so far. */
    public Counts counts() {
        return counts;
    }

    private void emit(long readAt) {
        String text = text();
        Line line = new Line(text, number, start, cut, readAt);
        if (cut > 0) {
            counts = new Counts(counts.notUtf8, counts.cutLines + 1, counts.nulBytes);
        }
        length = 0;
        cut = 0;
        // One long line must not cost its memory for as long as the file is followed.
        held = held.length > USUAL ? new byte[256] : held;
        start = position;
        number++;
        sink.accept(line);
    }

    private String text() {
        int end = length;
        while (end > 0 && held[end - 1] == '\r') {
            end--;
        }
        // A cut in the middle of a character is ours, not the file's.
        for (int i = 0; cut > 0 && i < 3 && end > 0 && held[end - 1] < 0; i++) {
            boolean begins = (held[end - 1] & 0xC0) == 0xC0;
            end--;
            if (begins) {
                break;
            }
        }
        String text = new String(held, 0, end, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(end)) {
            counts = new Counts(counts.notUtf8 + 1, counts.cutLines, counts.nulBytes);
        }
        return number == 0 && text.indexOf(MARK) == 0 ? text.substring(1) : text;
    }

    private boolean isUtf8(int end) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(held, 0, end));
            return decoded.length() > 0;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }
}
