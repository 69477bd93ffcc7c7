package io.faultprint.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Real logs, where there are any: {@code -Dfaultprint.loghub=DIR}. Not part of the repository (their licence is for research), so
 * skipped without them.
 */
class LoghubTimesTest {

    private static final int ROUNDS = 40;

    @Test
    void nearlyEveryLineOfRealLogsIsAnEntryWithATime() throws IOException {
        String directory = System.getProperty("faultprint.loghub", "");
        assumeTrue(!directory.isEmpty(), "skipped: no real logs; name their directory with -Dfaultprint.loghub=DIR");

        List<Path> logs;
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            logs = files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }

        assertThat(logs).isNotEmpty();
        for (Path log : logs) {
            byte[] bytes = Files.readAllBytes(log);
            List<LogRecord> records = read(bytes);
            long lines = new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .count();
            double timed = records.stream()
                            .filter(record -> record.getTimeUnixNano() > 0)
                            .count()
                    / (double) lines;
            long begun = System.nanoTime();
            for (int i = 0; i < ROUNDS; i++) {
                read(bytes);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%s: %.4f with a time, %.0f lines/s%n", log.getFileName(), timed, ROUNDS * lines / seconds);
            // Proxifier's [10.30 16:49:06] could be a day and month, or the other way round: it is not guessed.
            if (!log.toString().contains("Proxifier")) {
                assertThat(timed).as(log.toString()).isGreaterThan(0.99);
            }
        }
    }

    private static List<LogRecord> read(byte[] bytes) {
        List<LogRecord> records = new ArrayList<>();
        TextReader reader = new TextReader(ZoneOffset.UTC, JoinLimits.DEFAULT, read -> records.add(read.record()));
        LineBytes lines = new LineBytes(1 << 20, 0, 0, reader::add);
        lines.feed(bytes, 0, bytes.length, Entries.READ_AT);
        lines.end(Entries.READ_AT);
        reader.flush();
        return records;
    }
}
