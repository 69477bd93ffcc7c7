package io.faultprint.ingest.replay;

import io.faultprint.ingest.normalise.Cause;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.PriorityQueue;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One recorded file, read a little ahead and put in order by time: files are sorted, but their writers flush several
 * buffers, so neighbouring lines may have changed places.
 */
final class Recording implements AutoCloseable {

    private static final int AHEAD_LINES = 64;
    private static final int AHEAD_BYTES = 8 << 20;

    private final String name;
    private final int file;
    private final LineReader reader;
    private final LineParser parser = new LineParser();
    private final PriorityQueue<Line> ahead = new PriorityQueue<>(Line::order);
    private int aheadBytes;
    private long number;
    private long lastTime;
    private boolean ended;

    Recording(Path path, int file) throws IOException {
        this.name = String.valueOf(path.getFileName());
        this.file = file;
        this.reader = new LineReader(path);
        fill();
    }

    /** The next line in order, or null after the last. */
    @Nullable
    Line peek() {
        return ahead.peek();
    }

    Line poll() {
        Line line = ahead.remove();
        aheadBytes -= line.bytes();
        fill();
        return line;
    }

    /** Whether a line that is already read lies at this time or up to so much later. */
    boolean hasWithin(long from, long millis) {
        return ahead.stream().anyMatch(line -> line.time() >= from && line.time() - from <= millis);
    }

    long bytesRead() {
        return reader.bytesRead();
    }

    private void fill() {
        while (!ended && (ahead.isEmpty() || (ahead.size() < AHEAD_LINES && aheadBytes < AHEAD_BYTES))) {
            try {
                read();
            } catch (EOFException | ZipException damaged) {
                ended = true;
                number++;
                add(
                        LineParser.bad(
                                Cause.UNDECODABLE, "the gzip stream is damaged: " + damaged.getMessage(), new byte[0]),
                        0);
            } catch (IOException e) {
                throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private void read() throws IOException {
        byte[] line = reader.next();
        if (line == null) {
            ended = true;
            return;
        }
        number++;
        if (isBlank(line)) {
            return;
        }
        add(
                reader.overlong()
                        ? LineParser.bad(Cause.UNDECODABLE, "longer than " + LineReader.LONGEST + " bytes", line)
                        : parser.parse(line),
                line.length);
    }

    private void add(LineParser.Parsed parsed, int bytes) {
        lastTime = parsed.time() == null ? lastTime : parsed.time();
        ahead.add(new Line(name + ":" + number, file, number, lastTime, bytes, parsed.content()));
        aheadBytes += bytes;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
