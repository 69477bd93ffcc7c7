package io.faultprint.ingest.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what rotation made of a file: the same one under another name, or a copy of it beside it. */
final class Rotated {

    private Rotated() {}

    /** Device and inode; the path itself where a system has none. */
    static String key(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? path.toAbsolutePath().toString() : key.toString();
    }

    /** Whether one is named after the other, as rotations are: {@code app.log} and {@code app.log.1}. */
    static boolean namedAfter(Path file, Path original) {
        String name = String.valueOf(file.getFileName());
        return Objects.equals(file.getParent(), original.getParent())
                && name.length() > String.valueOf(original.getFileName()).length()
                && name.startsWith(stem(original));
    }

    /** {@code app} of {@code app.log}: logrotate's {@code dateext} and {@code extension} put the date before the end. */
    private static String stem(Path original) {
        String name = String.valueOf(original.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The file of this device and inode beside where it was, and where it is now; null when it is gone. */
    static @Nullable Path renamed(Checkpoint file) {
        return find(file, (path, attributes) -> key(path, attributes).equals(file.key()));
    }

    /** A copy of what the file was: the same beginning, and at least as long as it was read. */
    static @Nullable Path copy(Checkpoint file) {
        return file.head().length() == 0
                ? null
                : find(
                        file,
                        (path, attributes) -> !key(path, attributes).equals(file.key())
                                && namedAfter(path, file.path())
                                && attributes.size() >= file.offset()
                                && begins(path, file.head()));
    }

    private interface Test {
        boolean fits(Path path, BasicFileAttributes attributes);
    }

    private static @Nullable Path find(Checkpoint file, Test test) {
        Path folder = file.path().getParent();
        if (folder == null) {
            return null;
        }
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder)) {
            for (Path path : beside) {
                BasicFileAttributes attributes = attributes(path);
                if (attributes != null && attributes.isRegularFile() && test.fits(path, attributes)) {
                    return path;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            return null;
        }
        return null;
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException vanished) {
            return null;
        }
    }

    static boolean begins(Path path, Head head) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return head.begins(channel);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
