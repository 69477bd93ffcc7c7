package io.faultprint.local.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what is simulated, gone when the command ends. */
public record Workspace(Path folder) implements AutoCloseable {

    /** In the user's data directory, where there is room for it. */
    public static Workspace in(Path data) throws IOException {
        Path parent = Files.createDirectories(data.resolve("evaluate"));
        return new Workspace(Files.createTempDirectory(parent, "run-"));
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
