package io.faultprint.ingest.consume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real shipper as a process in the foreground; it ends with the test. */
final class Shipper implements AutoCloseable {

    private final Process process;
    private final Path output;

    private Shipper(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one, or ends the test as skipped, and says so, where this machine does not have it.
     *
     * @param needs files that belong to it, of which the first is the program
     * @param packages the Debian packages that have them
     */
    static Shipper start(Path directory, List<Path> needs, String packages, String... arguments) throws IOException {
        for (Path need : needs) {
            boolean there = Files.exists(need);
            if (!there) {
                System.err.println("SKIPPED: " + need + " is not here; apt-get install " + packages);
            }
            Assumptions.assumeTrue(there, need + " is not here; apt-get install " + packages);
        }
        Path output = Files.createTempFile(directory, "shipper", ".log");
        List<String> command = Stream.concat(Stream.of(needs.get(0).toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Shipper(process, output);
    }

    /** Feeds its standard input and waits until it is done. */
    void feed(String text) throws IOException, InterruptedException {
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(said());
        }
    }

    /** What it wrote, for a test that fails. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
