package io.faultprint.ingest.consume;

import io.faultprint.runtime.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * What tells this instance from all others, kept in its state directory: part of its transactional ids. Not the door's name,
 * which two instances on one host share by default: they would shut each other out for ever.
 */
final class InstanceFile {

    private InstanceFile() {}

    /** Reads it, or makes one. The directory is locked by its door. */
    static String in(Path directory) {
        Path file = directory.resolve("instance");
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                return kept;
            }
            String made = UUID.randomUUID().toString();
            Path next = directory.resolve("instance.next");
            Files.writeString(next, made + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } catch (IOException e) {
            throw new Unreachable(
                    "state.dir " + directory + ": cannot be read or written: " + e
                            + "; ingest starts when its disk can be written again",
                    e);
        }
    }
}
