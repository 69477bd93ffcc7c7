package io.faultprint.ingest.file;

import io.faultprint.id.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that are followed now: finds new ones, and sees what was renamed, truncated or is gone. */
final class FileSet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileSet.class);

    /** What rotation packs away was read before. */
    private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst", ".zip", ".lz4");

    private final List<FileGroup> groups;
    private final FileSettings settings;
    private final FileMeters meters;
    private final Checkpoints.Saved saved;
    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final Map<Path, String> troubles = new TreeMap<>();
    private final Blindness blindness = new Blindness();
    private final Set<Path> troubledNow = new HashSet<>();
    private long scannedAt = Followed.NEVER;
    private long made;
    private boolean unsaved;
    private boolean lost;

    FileSet(List<FileGroup> groups, FileSettings settings, FileMeters meters, Checkpoints.Saved saved) {
        this.groups = groups;
        this.settings = settings;
        this.meters = meters;
        this.saved = saved;
        saved.files().values().forEach(each -> blindness.knows(each.path()));
    }

    Collection<Followed> files() {
        return followed.values();
    }

    /** When all globs were last looked through. */
    long scannedAt() {
        return scannedAt;
    }

    /** Whether a file got an id that is not in the checkpoints yet. */
    boolean unsaved() {
        return unsaved;
    }

    void savedNow() {
        unsaved = false;
    }

    /** Whether a file of an earlier start is gone, so that nobody knows what was in it. */
    boolean lost() {
        return lost;
    }

    /**
     * Until when everything that was followed could be read, epoch milliseconds: {@link Long#MAX_VALUE} while all of it can,
     * {@link Followed#NEVER} when it could not at this start either.
     */
    long seesUntil() {
        return blindness.since();
    }

    /** Of all that is followed, and of what was followed at an earlier start and cannot be read now. */
    List<Checkpoint> checkpoints() {
        return Stream.concat(
                        followed.values().stream().map(Followed::checkpoint),
                        saved.files().values().stream()
                                .filter(each -> !followed.containsKey(each.key())
                                        && blindness.of(each.path()) == Followed.NEVER))
                .toList();
    }

    Map<Path, String> troubles() {
        return Map.copyOf(troubles);
    }

    /** Looks through all globs. */
    void scan(long now) {
        boolean first = scannedAt == Followed.NEVER;
        troubledNow.clear();
        Set<String> found = new HashSet<>();
        for (FileGroup group : groups) {
            for (Glob glob : group.globs()) {
                glob.visit((path, attributes) -> found(group, path, attributes, found, now), this::trouble);
            }
        }
        if (first) {
            renamedMeanwhile(found, now);
        }
        for (Followed each : followed.values()) {
            if (!found.contains(each.key())) {
                each.missing();
            }
        }
        troubles.keySet().retainAll(troubledNow);
        blindness.only(troubledNow);
        scannedAt = now;
    }

    private void found(FileGroup group, Path path, BasicFileAttributes attributes, Set<String> found, long now) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        String key = Rotated.key(path, attributes);
        if (PACKED.stream().anyMatch(name::endsWith) || !found.add(key)) {
            return;
        }
        Followed known = followed.get(key);
        if (known != null) {
            if (!known.path().equals(path) && !Files.exists(known.path())) {
                meters.renamed();
            }
            known.seen(path);
            return;
        }
        try {
            begin(group, path, key, now);
        } catch (IOException unreadable) {
            trouble(path, unreadable);
        }
    }

    private void begin(FileGroup group, Path path, String key, long now) throws IOException {
        Checkpoint before = saved.files().get(key);
        boolean atStart = scannedAt == Followed.NEVER;
        // What could not be read at the start goes on from where an earlier start left it, as it would have then.
        boolean resumes = atStart || blindness.of(path) == Followed.NEVER;
        Head head;
        long size;
        try (FileChannel channel = FileChannel.open(path)) {
            head = Head.of(channel);
            size = channel.size();
            if (before != null
                    && resumes
                    && before.offset() <= size
                    && before.head().begins(channel)) {
                follow(group, before, path, now);
                return;
            }
        }
        if (before != null && resumes) {
            // What it was may stand beside it, as a copy that was not read to its end.
            meters.truncated();
            Followed anew = follow(group, fresh(group, key, path, head, 0, now), path, now);
            Followed rest = rest(group, before, now);
            if (rest != null) {
                anew.comesAfter(rest);
            }
            return;
        }
        if (isCopy(path, size)) {
            return;
        }
        long offset = atStart && !group.fromBeginning() && !isSuccessor(group, path) ? size : 0;
        Followed file = follow(group, fresh(group, key, path, head, offset, now), path, now);
        if (!atStart) {
            // What could not be read may have stood there since then.
            file.newSince(Math.min(scannedAt, blindness.of(path)));
        }
    }

    /** At a start: the group was followed before, so that what was not there then is new since. */
    private boolean isSuccessor(FileGroup group, Path path) {
        return saved.groups().contains(group.spelling())
                || saved.files().values().stream().anyMatch(each -> each.path().equals(path));
    }

    /**
     * A copy holds what is read where it came from; only when that is truncated is the rest of it wanted. It is never longer than
     * what it was made from: a file of a like beginning that grows is another.
     */
    private boolean isCopy(Path path, long size) throws IOException {
        for (Followed each : followed.values()) {
            Checkpoint at = each.checkpoint();
            if (at.head().length() > 0
                    && Rotated.namedAfter(path, each.path())
                    && size >= at.head().length()
                    && (size <= each.channel().size() || each.cutShort())
                    && Rotated.begins(path, at.head())) {
                return true;
            }
        }
        return false;
    }

    private Checkpoint fresh(FileGroup group, String key, Path path, Head head, long offset, long now) {
        unsaved = true;
        return new Checkpoint(id(key, now), key, group.name(), path, path, head, offset, 0);
    }

    /** Fields: device and inode, when it was first seen, and a number that no other file of this start has. */
    private String id(String key, long now) {
        return Ids.hash(key, Long.toString(now), Long.toString(made++));
    }

    private Followed follow(FileGroup group, Checkpoint at, Path path, long now) throws IOException {
        Followed file = new Followed(group, at.at(at.key(), group.name(), path), settings, now);
        followed.put(at.key(), file);
        blindness.knows(path);
        LOG.info("follows {} as {} from byte {}", path, group.serviceOf(file.origin()), at.offset());
        return file;
    }

    /** Files of earlier starts that no glob finds: renamed by rotation while nobody looked, or gone. */
    private void renamedMeanwhile(Set<String> found, long now) {
        for (Checkpoint each : saved.files().values()) {
            if (found.contains(each.key()) || blindness.of(each.path()) == Followed.NEVER) {
                continue;
            }
            FileGroup group = groups.stream()
                    .filter(one -> one.name().equals(each.group()))
                    .findFirst()
                    .orElse(null);
            if (group == null) {
                LOG.info("{} is followed no more: no files.{} is configured", each.path(), each.group());
                continue;
            }
            Path renamed = Rotated.renamed(each);
            try {
                if (renamed != null && Rotated.begins(renamed, each.head())) {
                    follow(group, each, renamed, now).missing();
                    meters.renamed();
                    continue;
                }
            } catch (IOException unreadable) {
                trouble(each.path(), unreadable);
            }
            lost = true;
            meters.lost();
            LOG.warn(
                    "{} was read to byte {} and is gone: what followed there is not known; keep one rotation unpacked "
                            + "(logrotate: delaycompress)",
                    each.path(),
                    each.offset());
        }
    }

    /** Goes on in the copy that copytruncate made, where the file itself was cut short. */
    private @Nullable Followed rest(FileGroup group, Checkpoint before, long now) {
        Path copy = Rotated.copy(before);
        if (copy == null) {
            return null;
        }
        try {
            String key = Rotated.key(copy, Files.readAttributes(copy, BasicFileAttributes.class));
            if (followed.containsKey(key)) {
                return null;
            }
            Followed rest = follow(group, before.at(key, before.group(), copy), copy, now);
            rest.missing();
            rest.look(now);
            return rest;
        } catch (IOException vanished) {
            return null;
        }
    }

    /** Sees how long files are now, and whether they are still the ones that were read. */
    void look(long now) {
        for (Followed each : List.copyOf(followed.values())) {
            try {
                if (each.look(now)) {
                    Checkpoint before = each.checkpoint();
                    Followed rest = rest(each.group(), before, now);
                    boolean copied = rest != null;
                    each.restart(id(each.key(), now), !copied, now);
                    if (rest != null) {
                        each.comesAfter(rest);
                    }
                    unsaved = true;
                    meters.truncated();
                    LOG.info(
                            "{} was truncated: reads it from its beginning{}",
                            each.path(),
                            copied ? ", and the rest from its copy" : "");
                    each.look(now);
                }
            } catch (IOException failure) {
                trouble(each.path(), failure);
            }
        }
    }

    /** A file that is renamed or gone, was read to its end, and stands still. */
    void drop(Followed file) {
        followed.remove(file.key());
        file.close();
        blindness.forgets(file.path());
        LOG.info("{} is read to its end, and let go", file.path());
    }

    /** One file's trouble, told once; the others go on. */
    void trouble(Path path, IOException failure) {
        boolean gone = failure instanceof NoSuchFileException;
        if (gone && !blindness.isFolder(path)) {
            return;
        }
        troubledNow.add(path);
        boolean blind = blindness.begins(path, scannedAt);
        String mend = (gone
                        ? "is gone, and files were followed there; bring it back, or take it out of files.*.paths"
                        : failure instanceof AccessDeniedException
                                ? "cannot be read (permission denied); let this user read it"
                                : "cannot be read (" + failure + ")")
                + ". It is tried again every second"
                + (blind ? ", and until then nothing is promised beyond what was read" : "");
        if (troubles.put(path, mend) == null) {
            LOG.warn("{}: {}", path, mend);
        }
    }

    @Override
    public void close() {
        followed.values().forEach(Followed::close);
        followed.clear();
    }
}
