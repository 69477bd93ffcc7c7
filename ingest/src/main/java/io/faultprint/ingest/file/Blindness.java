package io.faultprint.ingest.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was read once and cannot be read now, and since when. Only that can look silent and not be: a file that nobody ever
 * could read belongs to no service that is known, and holds nobody.
 */
final class Blindness {

    private final Set<Path> known = new HashSet<>();
    private final Map<Path, Long> since = new HashMap<>();

    /** This file is followed, or was at an earlier start. */
    void knows(Path file) {
        known.add(file);
    }

    /** It is let go. Where its folder is gone, it is missed all the same. */
    void forgets(Path file) {
        Path folder = file.getParent();
        if (folder != null && Files.isDirectory(folder) && !Files.exists(file)) {
            known.remove(file);
        }
    }

    /** Whether files below this path were followed. */
    boolean isFolder(Path path) {
        return known.stream().anyMatch(file -> file.startsWith(path) && !file.equals(path));
    }

    /**
     * A path cannot be read.
     *
     * @param lastSeen when all was last looked through, {@link Followed#NEVER} before the first time
     * @return whether something that was read is behind it
     */
    boolean begins(Path path, long lastSeen) {
        boolean blind = known.contains(path) || isFolder(path);
        if (blind) {
            since.putIfAbsent(path, lastSeen);
        }
        return blind;
    }

    /** Only these cannot be read any more. */
    void only(Set<Path> unreadable) {
        since.keySet().retainAll(unreadable);
    }

    /** Since when a file could not be read, or its folder; {@link Long#MAX_VALUE} when it could. */
    long of(Path file) {
        return since.entrySet().stream()
                .filter(each -> file.startsWith(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Since when anything cannot be read; {@link Long#MAX_VALUE} while all can. */
    long since() {
        return since.values().stream().mapToLong(time -> time).min().orElse(Long.MAX_VALUE);
    }
}
