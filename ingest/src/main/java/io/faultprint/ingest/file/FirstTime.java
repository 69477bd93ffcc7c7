package io.faultprint.ingest.file;

import io.faultprint.ingest.text.JoinLimits;
import io.faultprint.ingest.text.LineBytes;
import io.faultprint.ingest.text.TextReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** With which time the unread part of a file begins, looked up before anything of it is read. */
final class FirstTime {

    private static final int LOOKED_AT = 64 << 10;

    /** What lies so much before the middle is a broken clock. */
    private static final long BROKEN = Duration.ofDays(1).toMillis();

    private FirstTime() {}

    /** Epoch milliseconds; {@link Followed#NEVER} when no line there shows a time. */
    static long of(FileChannel file, long offset, ZoneId zone, long now) throws IOException {
        List<Long> times = new ArrayList<>();
        TextReader reader = new TextReader(zone, JoinLimits.DEFAULT, read -> {
            long nanos = read.record().getTimeUnixNano();
            if (nanos > 0) {
                times.add(Math.min(now, nanos / 1_000_000));
            }
        });
        ByteBuffer bytes = ByteBuffer.allocate(LOOKED_AT);
        while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) > 0) {
            // Reads until the buffer is full or the file ends.
        }
        new LineBytes(LOOKED_AT, offset, 0, reader::add).feed(bytes.array(), 0, bytes.position(), now);
        reader.flush();
        List<Long> sorted = times.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Followed.NEVER;
        }
        long middle = sorted.get(sorted.size() / 2);
        return sorted.stream()
                .filter(time -> middle - time <= BROKEN)
                .findFirst()
                .orElse(middle);
    }
}
