package io.faultprint.ingest.file;

import io.faultprint.ingest.text.JoinLimits;
import io.faultprint.ingest.text.Line;
import io.faultprint.ingest.text.LineBytes;
import io.faultprint.ingest.text.TextReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that is followed: what was read of it, what of that Kafka has, and how far it has come in time. It is known by device
 * and inode, so it stays the same under another name.
 */
final class Followed implements AutoCloseable {

    /** No time yet. */
    static final long NEVER = Long.MIN_VALUE;

    private final FileGroup group;
    private final String key;
    private final FileSettings settings;
    private final FileChannel channel;
    private final List<Ready> ready = new ArrayList<>();

    private Path path;
    private boolean present = true;
    private Checkpoint committed;
    private LineBytes lines;
    private TextReader reader;
    private long size;
    private long grewAt;
    private long goal;
    private long goalAt;
    private long caughtUpAt = NEVER;
    private @Nullable Followed before;
    private @Nullable FileTime modified;
    private Times times = new Times(NEVER, NEVER);
    private Times committedTimes = times;

    /**
     * An entry that can be sent.
     *
     * @param file the id of the file it is of
     */
    record Ready(String file, TextReader.Read read) {}

    /**
     * How far the times in a file have come.
     *
     * @param reached no later than the last two: one broken clock moves nothing
     */
    private record Times(long reached, long last) {
        Times then(long time) {
            return last == NEVER ? new Times(NEVER, time) : new Times(Math.max(reached, Math.min(last, time)), time);
        }
    }

    /** @throws IOException when it cannot be opened */
    Followed(FileGroup group, Checkpoint from, FileSettings settings, long now) throws IOException {
        this.group = group;
        this.key = from.key();
        this.path = from.path();
        this.committed = from;
        this.settings = settings;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.grewAt = now;
        this.reader = textReader();
        this.lines = lineBytes(from);
    }

    private TextReader textReader() {
        return new TextReader(group.zone(), JoinLimits.DEFAULT, read -> ready.add(new Ready(committed.id(), read)));
    }

    private LineBytes lineBytes(Checkpoint from) {
        return new LineBytes(settings.lineBytes(), from.offset(), from.line(), line -> reader.add(line));
    }

    FileGroup group() {
        return group;
    }

    String key() {
        return key;
    }

    Path path() {
        return path;
    }

    /** Its glob finds it there. */
    void seen(Path where) {
        path = where;
        present = true;
    }

    /** No glob finds it any more. */
    void missing() {
        present = false;
    }

    /** Whether it has other bytes than those that were read: it was truncated, or written anew. */
    boolean look(long now) throws IOException {
        long before = size;
        size = channel.size();
        boolean rewritten = touched();
        if (size != before || rewritten) {
            grewAt = size == before ? grewAt : now;
            if (cutShort()) {
                return true;
            }
            lengthenHead();
        }
        if (lines.position() >= goal) {
            goal = size;
            goalAt = now;
        }
        return false;
    }

    /** Whether somebody wrote since the last look: what is as long as before may still be another. */
    private boolean touched() {
        FileTime last = modified;
        try {
            modified = present ? Files.getLastModifiedTime(path) : last;
        } catch (IOException renamed) {
            return false;
        }
        return last != null && !last.equals(modified);
    }

    /** Whether it is not, now, what was read of it and more. */
    boolean cutShort() throws IOException {
        return channel.size() < lines.position() || !committed.head().begins(channel);
    }

    private void lengthenHead() throws IOException {
        if (committed.head().length() < Head.LONGEST) {
            committed = committed.with(Head.of(channel));
        }
    }

    /** What was read is not in the file any more: what was held of it is whole, and the file begins anew. */
    void restart(String id, boolean keepHeld, long now) throws IOException {
        if (keepHeld) {
            lines.end(now);
            reader.flush();
        }
        committed = new Checkpoint(id, key, group.name(), path, committed.origin(), Head.of(channel), 0, 0);
        reader = textReader();
        lines = lineBytes(committed);
        goal = 0;
        size = 0;
    }

    boolean unread() {
        return lines.position() < size;
    }

    /** Whether something of it is not sent yet: not read, or held until it is whole. */
    private boolean unfinished() {
        return unread() || reader.held() != null;
    }

    /** What this one holds now was written after what stands in that one, and is told after it. */
    void comesAfter(Followed earlier) {
        before = earlier;
    }

    /** Whether another one is to be read first. */
    boolean waits() {
        before = before != null && before.channel.isOpen() && before.unfinished() ? before : null;
        return before != null;
    }

    /** The path that its lines' service is named after. */
    Path origin() {
        return committed.origin();
    }

    long unreadBytes() {
        return Math.max(0, size - lines.position());
    }

    /**
     * Reads a piece; how many bytes.
     *
     * @param piece room for it, which all files share: most have nothing to read, and there may be thousands
     */
    int read(byte[] piece, long now) throws IOException {
        int want = (int) Math.min(piece.length, size - lines.position());
        int count = want <= 0 ? 0 : channel.read(ByteBuffer.wrap(piece, 0, want), lines.position());
        if (count > 0) {
            lines.feed(piece, 0, count, now);
        }
        return Math.max(0, count);
    }

    /** An entry that has waited long enough for more of its lines is whole. */
    void quiet(long now) {
        if (reader.held() != null
                && !unread()
                && now - grewAt >= settings.quiet().toMillis()) {
            reader.flush();
        }
    }

    /** Whether nothing more will come of it: renamed or deleted, and quiet for long. */
    boolean ended(long now) {
        return !present && !unread() && now - grewAt >= settings.gone().toMillis();
    }

    /** The half line at its end, and what is held, are whole. */
    void end(long now) {
        lines.end(now);
        reader.flush();
    }

    /** Hands over what can be sent; each with the time it counts by. */
    List<Ready> take() {
        List<Ready> taken = List.copyOf(ready);
        ready.clear();
        return taken;
    }

    /** Hears the time of an entry that was taken, epoch milliseconds. */
    void time(long millis, long now) {
        times = times.then(Math.min(millis, now));
    }

    /** How far the times in what Kafka has reached; {@link #NEVER} when none was seen. */
    long reached() {
        return committedTimes.reached();
    }

    /** The time to give to an entry without one, epoch milliseconds; {@link #NEVER} when it is written just now. */
    long timeOfUntimed(long now) {
        return caughtUpAt != NEVER && now - caughtUpAt < 10_000 ? NEVER : times.reached();
    }

    /** Kafka has all that was taken. */
    void committed() {
        Line held = reader.held();
        long offset = held == null ? lines.start() : held.start();
        long line = held == null ? lines.number() : held.number();
        committed = committed.reached(path, offset, line);
        committedTimes = times;
        if (lines.position() >= goal) {
            caughtUpAt = goalAt;
        }
    }

    Checkpoint checkpoint() {
        return committed;
    }

    LineBytes.Counts counts() {
        return lines.counts();
    }

    /** Everything before this time has been read and taken by Kafka, but for disorder; see RATIONALE. */
    long point(long now) {
        Line held = reader.held();
        long waits = held == null ? now : reader.heldMillis() == 0 ? held.readAt() : Math.min(now, reader.heldMillis());
        long live = Math.min(caughtUpAt, waits);
        boolean timed = committedTimes.last() != NEVER;
        return Math.max(live, timed ? committedTimes.reached() : waits);
    }

    /** Begins at a time that was found in it, not read yet. */
    void startsAt(long millis) {
        times = new Times(millis, millis);
        committedTimes = times;
    }

    /** It was not there before this time. */
    void newSince(long millis) {
        caughtUpAt = millis;
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
