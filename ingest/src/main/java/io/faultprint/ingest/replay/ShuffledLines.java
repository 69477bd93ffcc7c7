package io.faultprint.ingest.replay;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A recording whose lines came as they might have come: each later than it did by a random time below a bound, so that
 * neighbours change places, and none comes later than the bound behind lines of its own time. What a replay makes of it
 * must not differ when the bound is the lateness.
 */
public final class ShuffledLines {

    @SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
    private record Moved(long at, long number, byte[] line) {}

    private ShuffledLines() {}

    /**
     * Writes a file's lines in their new order, plain; of a gzip stream that breaks off, those before the break.
     *
     * @param file sorted by time, more or less
     * @param boundMillis lines are delayed by less than this
     * @param seed the same seed, the same order
     */
    public static void write(Path file, long boundMillis, long seed, Path to) throws IOException {
        Random random = new Random(seed);
        LineParser parser = new LineParser();
        PriorityQueue<Moved> waiting = new PriorityQueue<>(
                (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.number(), b.number()));
        try (LineReader reader = new LineReader(file);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            long number = 0;
            long time = 0;
            for (byte[] line = next(reader); line != null; line = next(reader)) {
                Long named = parser.parse(line).time();
                time = named == null ? time : named;
                waiting.add(new Moved(time + random.nextLong(Math.max(1, boundMillis)), number++, line));
                while (!waiting.isEmpty() && waiting.element().at() < time) {
                    write(waiting.remove(), out);
                }
            }
            while (!waiting.isEmpty()) {
                write(waiting.remove(), out);
            }
        }
    }

    private static byte @Nullable [] next(LineReader reader) throws IOException {
        try {
            return reader.next();
        } catch (EOFException | ZipException damaged) {
            return null;
        }
    }

    private static void write(Moved moved, OutputStream out) throws IOException {
        out.write(moved.line());
        out.write('\n');
    }
}
