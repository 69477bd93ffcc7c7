package io.faultprint.ingest.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
