package io.faultprint.ingest.replay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Where recorded data begins: the first time that lies within a bound of the middle of what stands at the heads of the
 * files, so that one line with a broken clock does not stretch a replay over decades. As far is read as the first line
 * may be late: which line happens to stand first must not decide where coverage begins.
 */
final class Beginning {

    /** So many lines beyond the lateness end the search: a few with broken clocks do not. */
    private static final int BEYOND = 64;

    /** What one head may cost to read. */
    private static final long MOST_BYTES = 256L << 20;

    private final long latenessMillis;
    private final long brokenMillis;

    /** @param brokenMillis a time that lies so much before the middle is a broken clock */
    Beginning(long latenessMillis, long brokenMillis) {
        this.latenessMillis = latenessMillis;
        this.brokenMillis = brokenMillis;
    }

    /** Epoch milliseconds; 0 when no line names a time. */
    long of(List<Path> files) throws IOException {
        List<Long> times = new ArrayList<>();
        for (Path file : files) {
            times.addAll(head(file));
        }
        return first(times);
    }

    private List<Long> head(Path file) throws IOException {
        List<Long> times = new ArrayList<>();
        LineParser parser = new LineParser();
        try (LineReader reader = new LineReader(file)) {
            long bytes = 0;
            for (byte[] line = reader.next(); line != null && bytes < MOST_BYTES; line = reader.next()) {
                bytes += line.length;
                Long time = line.length == 0 || reader.overlong()
                        ? null
                        : parser.parse(line).time();
                if (time != null && time > 0) {
                    times.add(time);
                    if (times.size() % BEYOND == 0 && farEnough(times)) {
                        break;
                    }
                }
            }
        } catch (EOFException | ZipException damaged) {
            // What breaks off is told as a dead letter when it is replayed.
            return times;
        }
        return times;
    }

    private boolean farEnough(List<Long> times) {
        long reach = first(times) + latenessMillis;
        return times.stream().filter(time -> time > reach).count() >= BEYOND;
    }

    private long first(List<Long> times) {
        if (times.isEmpty()) {
            return 0;
        }
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        long middle = sorted.get(sorted.size() / 2);
        return sorted.stream()
                .filter(time -> middle - time <= brokenMillis)
                .findFirst()
                .orElse(middle);
    }
}
