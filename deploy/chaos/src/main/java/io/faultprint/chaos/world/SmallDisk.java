package io.faultprint.chaos.world;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a fixed size, in memory, mounted on a directory; for a disk that can be full. Needs root on Linux. */
public final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 1 << 16;

    private final Path directory;
    private final Path ballast;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.ballast = directory.resolve("ballast");
    }

    /**
     * Mounts it.
     *
     * @throws UsageError when this machine does not allow that
     */
    static SmallDisk mount(Path directory, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new UsageError("--faults disk: " + String.join(" ", command) + ": " + said
                    + "; a disk that can be full needs root on Linux");
        }
    }

    /** Takes the room that is left. */
    public void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!Files.exists(ballast)) {
                throw full;
            }
        }
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
