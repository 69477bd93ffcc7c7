package io.faultprint.local.data;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds everything one local Faultprint keeps: the broker's and OpenSearch's data, the state of the
 * stages, its log, its lock and its addresses.
 */
public final class DataDirectory {

    /** Says that a directory is ours; nothing without it is ever deleted. */
    private static final String MARK = "faultprint-data";

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /** {@code ~/.faultprint}. */
    public static Path usual() {
        return Path.of(System.getProperty("user.home"), ".faultprint");
    }

    /** The directory as it is, made or not; for reading. */
    public static DataDirectory at(Path root) {
        return new DataDirectory(root.toAbsolutePath().normalize());
    }

    /**
     * The directory, made when missing.
     *
     * @throws UsageError when it cannot be made or written
     */
    public static DataDirectory open(Path root) {
        DataDirectory directory = at(root);
        try {
            Files.createDirectories(directory.root);
            Files.createDirectories(directory.logs());
            Files.writeString(directory.root.resolve(MARK), "Faultprint keeps its data here.\n");
        } catch (AccessDeniedException denied) {
            throw new UsageError(unusable(directory.root, "permission denied"), denied);
        } catch (IOException impossible) {
            throw new UsageError(unusable(directory.root, String.valueOf(impossible.getMessage())), impossible);
        }
        return directory;
    }

    private static String unusable(Path root, String why) {
        return "--data " + root + ": cannot be written (" + why + "); give another directory";
    }

    public Path root() {
        return root;
    }

    /** Whether Faultprint has ever kept anything here. */
    public boolean exists() {
        return Files.isRegularFile(root.resolve(MARK));
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path openSearch() {
        return root.resolve("opensearch");
    }

    /** Where Kafka Streams keeps the checkpoints of the stages' state. */
    public Path streams() {
        return root.resolve("streams");
    }

    public Path logs() {
        return root.resolve("log");
    }

    /** The log of the launcher and its stages; the nodes write their own beside their data. */
    public Path log() {
        return logs().resolve("faultprint.log");
    }

    /** Where the demo's own run lives. */
    public Path demo() {
        return root.resolve("demo");
    }

    /** Where a run of chaos keeps everything of its servers and stages. */
    public Path chaos() {
        return root.resolve("chaos");
    }

    /** Where runs are compared. */
    public Path determinism() {
        return root.resolve("determinism");
    }

    /** Takes the directory for this process; see {@link DirectoryLock}. */
    public DirectoryLock lock() {
        return DirectoryLock.take(root);
    }

    /** Writes where a running node can be reached. */
    public void publish(Addresses addresses) {
        addresses.write(root);
    }

    /** Where the node that runs on this directory can be reached; null when none does. */
    public @Nullable Addresses running() {
        return DirectoryLock.isHeld(root) ? Addresses.read(root) : null;
    }

    /** Takes back what {@link #publish} wrote. */
    public void unpublish() {
        Addresses.delete(root);
    }

    /**
     * Deletes what an earlier run left. Only call it for a directory that nobody holds.
     *
     * @throws UsageError when there is something that Faultprint did not put there
     */
    public void wipe() {
        if (!Files.exists(root)) {
            return;
        }
        if (!exists()) {
            throw new UsageError("--data " + root + ": is not a data directory of Faultprint, so it is not cleared; "
                    + "give another directory");
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("could not clear " + root, failure);
        }
    }
}
