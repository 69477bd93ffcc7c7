package io.faultprint.node.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process per data directory. The servers have locks of their own, but a second broker on a directory gets far
 * enough to make the first one's raft thread spin; ours is taken before anything of the server is touched. The system
 * frees it when the process ends, in whatever way.
 */
final class DirectoryLock {

    private DirectoryLock() {}

    /** Takes the lock; the channel holds it and must stay reachable as long as the process lives. */
    static FileChannel take(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("node.lock");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                throw new Refused("data directory " + directory + " is in use by process "
                        + Files.readString(file).strip() + ": end that one, or give another --data");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return channel;
        } catch (IOException e) {
            throw new Refused(
                    "data directory " + directory + " cannot be used (" + e + "): give one that you may write to");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
