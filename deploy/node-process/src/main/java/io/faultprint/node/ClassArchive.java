package io.faultprint.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A node's classes as the JVM keeps them ready to map (application class data sharing), beside its lib folder. It saves
 * about a third of the CPU of a start. Its name follows the JVM and the jars, so that a stale one is never even tried;
 * the JVM checks once more, and goes on without it when it does not fit.
 */
final class ClassArchive {

    private final Path file;

    private ClassArchive(Path file) {
        this.file = file;
    }

    static ClassArchive of(NodeSpec spec) {
        Path folder = Objects.requireNonNullElse(spec.lib().getParent(), spec.lib());
        return new ClassArchive(folder.resolve("classes-%08x.jsa".formatted(fingerprint(spec.lib()))));
    }

    boolean exists() {
        return Files.isReadable(file);
    }

    /** The JVM flags that use the archive; none when it is not there. */
    List<String> flags() {
        return exists() ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** Whether there is a place for it. */
    boolean canBeMade() {
        return Files.isWritable(Objects.requireNonNull(file.getParent()));
    }

    /** Runs the node once in an empty directory and keeps the classes that it loaded. */
    void make(NodeSpec spec) throws IOException {
        Path scratch = Files.createTempDirectory("faultprint-classes");
        // Beside its place, because a move from another file system would not be atomic.
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            NodeProcess node = NodeProcess.launch(
                    spec.withData(scratch.resolve("data")), List.of("-XX:ArchiveClassesAtExit=" + fresh));
            node.awaitReady().close();
            if (node.onExit().join() == 0 && Files.isRegularFile(fresh)) {
                removeOthers();
                moveIntoPlace(fresh);
            }
        } finally {
            Files.deleteIfExists(fresh);
            deleteTree(scratch);
        }
    }

    private void moveIntoPlace(Path fresh) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void removeOthers() throws IOException {
        try (DirectoryStream<Path> old =
                Files.newDirectoryStream(Objects.requireNonNull(file.getParent()), "classes-????????.jsa")) {
            for (Path archive : old) {
                Files.delete(archive);
            }
        }
    }

    private static int fingerprint(Path lib) {
        try (Stream<Path> jars = Files.list(lib)) {
            List<String> lines = jars.sorted().map(ClassArchive::describe).toList();
            return Objects.hash(System.getProperty("java.vm.version"), System.getProperty("java.home"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
