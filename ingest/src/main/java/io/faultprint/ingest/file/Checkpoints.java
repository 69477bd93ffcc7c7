package io.faultprint.ingest.file;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of a door on disk, whole at every moment: a new file takes the old one's place. */
final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String FORM = "faultprint file checkpoints 2";

    /** The last line: without it the rest may be missing too. */
    private static final String END = "end";

    /**
     * What was on disk.
     *
     * @param watermark how far the door had come, epoch milliseconds; {@link Long#MIN_VALUE} at the first start
     * @param groups the groups that were read, as spelled then
     * @param files by device and inode
     */
    record Saved(long watermark, Set<String> groups, Map<String, Checkpoint> files) {}

    private final Path file;
    private final Path before;

    Checkpoints(Path directory) {
        this.file = directory.resolve("files");
        this.before = directory.resolve("files.before");
    }

    /**
     * What was saved last; where that is broken, or was just being replaced, what was saved before it: its lines are then
     * read again under the same ids, and known to be there twice.
     *
     * @throws UsageError when neither is one that this class wrote
     */
    Saved load() {
        if (!Files.exists(file)) {
            return Files.exists(before) ? load(before) : new Saved(Long.MIN_VALUE, Set.of(), Map.of());
        }
        try {
            return load(file);
        } catch (UsageError broken) {
            if (!Files.exists(before)) {
                throw broken;
            }
            Saved saved = load(before);
            LOG.warn("{}; goes on from {}, which was saved before it", broken.getMessage(), before);
            return saved;
        }
    }

    private static Saved load(Path file) {
        try {
            return read(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException broken) {
            throw new UsageError(
                    file + ": cannot be read as checkpoints (" + broken.getMessage()
                            + "); delete it, and files are read from where their group's start says",
                    broken);
        }
    }

    private static Saved read(List<String> lines) {
        if (lines.size() < 3 || !lines.get(0).equals(FORM)) {
            throw new IllegalArgumentException("its first line is not '" + FORM + "'");
        }
        if (!lines.get(lines.size() - 1).equals(END)) {
            throw new IllegalArgumentException("it breaks off: its last line is not '" + END + "'");
        }
        Map<String, Checkpoint> files = new LinkedHashMap<>();
        lines.subList(3, lines.size() - 1).stream().map(Checkpoint::of).forEach(each -> files.put(each.key(), each));
        return new Saved(
                Long.parseLong(lines.get(1)), new HashSet<>(List.of(lines.get(2).split("\t"))), files);
    }

    /** Returns when all of it is on the disk, and found there after a power cut. */
    void save(long watermark, Collection<String> groups, Collection<Checkpoint> files) {
        Stream<String> head = Stream.of(FORM, Long.toString(watermark), String.join("\t", groups));
        String text = String.join(
                        "\n",
                        Stream.concat(head, files.stream().map(Checkpoint::text))
                                .toList())
                + "\n" + END + "\n";
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.exists(file)) {
                move(file, before);
            }
            move(next, file);
            forceFolder();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Names are on the disk once their folder is. */
    private void forceFolder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
