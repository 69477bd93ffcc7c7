package io.faultprint.ingest.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several recordings as one, by time, then by the order in which the files were named, then by line. */
final class Merge implements AutoCloseable {

    private final List<Recording> recordings = new ArrayList<>();

    Merge(List<Path> files) throws IOException {
        try {
            for (int i = 0; i < files.size(); i++) {
                recordings.add(new Recording(files.get(i), i));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The next line, or null after the last. */
    @Nullable
    Line next() {
        Recording first = null;
        Line least = null;
        for (Recording recording : recordings) {
            Line line = recording.peek();
            if (line != null && (least == null || Line.order(line, least) < 0)) {
                first = recording;
                least = line;
            }
        }
        return first == null ? null : first.poll();
    }

    /** Whether any line that is already read lies at this time or up to so much later. */
    boolean hasWithin(long from, long millis) {
        return recordings.stream().anyMatch(recording -> recording.hasWithin(from, millis));
    }

    /**
     * Where the data begins: the first time that lies within {@code millis} of the middle of what is read ahead, so
     * that one line with a broken clock does not stretch the replay over decades.
     */
    long begin(long millis) {
        long[] times = recordings.stream()
                .flatMapToLong(recording -> Arrays.stream(recording.times()))
                .filter(time -> time > 0)
                .sorted()
                .toArray();
        if (times.length == 0) {
            return 0;
        }
        long middle = times[times.length / 2];
        return Arrays.stream(times)
                .filter(time -> middle - time <= millis)
                .findFirst()
                .orElse(middle);
    }

    long bytesRead() {
        return recordings.stream().mapToLong(Recording::bytesRead).sum();
    }

    @Override
    public void close() throws IOException {
        for (Recording recording : recordings) {
            recording.close();
        }
    }
}
