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

/** The checkpoints of a door on disk, whole at every moment: a new file takes the old one's place. */
final class Checkpoints {

    private static final String FORM = "faultprint file checkpoints 1";

    /**
     * What was on disk.
     *
     * @param watermark how far the door had come, epoch milliseconds; {@link Long#MIN_VALUE} at the first start
     * @param groups the groups that were read, as spelled then
     * @param files by device and inode
     */
    record Saved(long watermark, Set<String> groups, Map<String, Checkpoint> files) {}

    private final Path file;

    Checkpoints(Path directory) {
        this.file = directory.resolve("files");
    }

    /** @throws UsageError when the file is not one that this class wrote */
    Saved load() {
        if (!Files.exists(file)) {
            return new Saved(Long.MIN_VALUE, Set.of(), Map.of());
        }
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
        Map<String, Checkpoint> files = new LinkedHashMap<>();
        lines.stream().skip(3).map(Checkpoint::of).forEach(each -> files.put(each.key(), each));
        return new Saved(
                Long.parseLong(lines.get(1)), new HashSet<>(List.of(lines.get(2).split("\t"))), files);
    }

    void save(long watermark, Collection<String> groups, Collection<Checkpoint> files) {
        Stream<String> head = Stream.of(FORM, Long.toString(watermark), String.join("\t", groups));
        String text = String.join(
                        "\n",
                        Stream.concat(head, files.stream().map(Checkpoint::text))
                                .toList())
                + "\n";
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
