package io.faultprint.ingest.heartbeat;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A door's id and epoch on disk, so that a restarted door is known as the same one. The directory is locked while the
 * door is open: two processes under one id would speak over each other.
 *
 * @param door the door's id
 * @param epoch higher than that of any start before
 */
public record DoorFile(String door, long epoch, FileChannel lockFile) implements AutoCloseable {

    private static final String FILE = "door";

    /**
     * Opens the door of this directory, or makes one.
     *
     * @param name the door's id; empty keeps the one in the file
     * @param fallback the id when there is neither a name nor a file
     * @param nowMillis the epoch is at least this, so that a door whose file was lost still comes after its old self
     * @throws UsageError when the directory is not ours to write, or another process has it open
     * @throws Unreachable when its disk is full or broken, which a later start may find mended
     */
    public static DoorFile open(Path directory, String name, String fallback, long nowMillis) {
        FileChannel lock = lock(directory);
        try {
            Path file = directory.resolve(FILE);
            String[] before =
                    Files.exists(file) ? Files.readString(file).strip().split("\n", 2) : new String[0];
            long epoch = Math.max(before.length == 2 ? epochOf(before[1], file) + 1 : 1, nowMillis);
            String known = before.length == 2 ? before[0] : fallback;
            String door = name.isBlank() ? known : name;
            write(directory, door + "\n" + epoch + "\n");
            return new DoorFile(door, epoch, lock);
        } catch (IOException e) {
            release(lock);
            throw refused(directory, e);
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UsageError("state.dir " + directory
                        + ": another ingest has it open; give each its own directory, or stop the other");
            }
            return channel;
        } catch (IOException e) {
            throw refused(directory, e);
        }
    }

    private static RuntimeException refused(Path directory, IOException problem) {
        String what = "state.dir " + directory + ": cannot be read or written: " + problem;
        boolean notOurs = problem instanceof AccessDeniedException
                || problem instanceof FileAlreadyExistsException
                || problem instanceof NotDirectoryException;
        return notOurs
                ? new UsageError(what + "; name a directory that this user may write", problem)
                : new Unreachable(what + "; ingest starts when its disk can be written again", problem);
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static long epochOf(String text, Path file) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageError(file + ": holds '" + text.strip() + "' where an epoch belongs; delete the file", e);
        }
    }

    /** Forced to disk before it is renamed: an epoch that was used must never be used again. */
    private static void write(Path directory, String text) throws IOException {
        Path next = directory.resolve(FILE + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(next, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Releases the directory; the file stays. */
    @Override
    public void close() {
        release(lockFile);
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
