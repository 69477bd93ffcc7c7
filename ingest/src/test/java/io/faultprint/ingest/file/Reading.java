package io.faultprint.ingest.file;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rounds of the file door without Kafka: what was read counts as acknowledged when the test says so. */
final class Reading implements AutoCloseable {

    static final FileSettings SETTINGS = new FileSettings(
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(1_000),
            Duration.ofMillis(5_000),
            1_000,
            4_096,
            1 << 20);

    private final byte[] piece = new byte[SETTINGS.pieceBytes()];
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<FileGroup> groups;
    private final Path state;
    private FileSet files;
    long now = 1_772_366_400_000L;

    /** Every line that was read, and under which id. */
    final List<String> lines = new ArrayList<>();

    final List<String> ids = new ArrayList<>();

    Reading(Path state, Map<String, String> settings) {
        this.groups = FileGroup.of(settings);
        this.state = state;
        this.files = begin();
    }

    private FileSet begin() {
        return new FileSet(groups, SETTINGS, new FileMeters(meters), new Checkpoints(state).load());
    }

    /** One round a second later, with all that is there. */
    Reading round() {
        now += 1_000;
        files.scan(now);
        files.look(now);
        for (Followed each : List.copyOf(files.files())) {
            read(each);
            each.committed();
        }
        return this;
    }

    private void read(Followed each) {
        try {
            while (!each.waits() && each.read(piece, now) > 0) {
                // Reads what it knows to be there.
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        each.quiet(now + 1_000);
        if (each.ended(now)) {
            each.end(now);
            files.drop(each);
        }
        for (Followed.Ready ready : each.take()) {
            lines.add(ready.read().record().getBody().getStringValue());
            ids.add(ready.file() + "#" + ready.read().first().number());
        }
    }

    Reading save() {
        new Checkpoints(state)
                .save(now, groups.stream().map(FileGroup::spelling).toList(), files.checkpoints());
        return this;
    }

    /** Another process on the same state, which has only what was saved. */
    Reading restart() {
        files.close();
        files = begin();
        return this;
    }

    /** The services of all that is followed, in the order in which it was found. */
    List<String> services() {
        return files.files().stream()
                .map(each -> each.group().serviceOf(each.origin()))
                .toList();
    }

    FileSet files() {
        return files;
    }

    double count(String meter, String tag, String value) {
        return meters.get("faultprint.ingest." + meter)
                .tag(tag, value)
                .counter()
                .count();
    }

    static void write(Path file, String... lines) {
        append(file, String.join("\n", lines) + "\n");
    }

    static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
