package io.faultprint.ingest.file;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.heartbeat.DoorFile;
import io.faultprint.ingest.heartbeat.Heartbeats;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.text.LineBytes;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.runtime.Unreachable;
import io.faultprint.watch.Sight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files of some globs, and writes their lines into the event topics. One thread reads, sends, and waits until Kafka has
 * what it sent; only then is more read, are checkpoints written, and does the watermark move. So an outage of Kafka costs time, and
 * neither lines nor memory.
 */
public final class FileDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileDoor.class);
    private static final long NEVER = Followed.NEVER;
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final long BETWEEN_SAVES = 500;

    /** How far one file may be read ahead of another in event time: what is ahead waits in memory behind this door. */
    private static final long AHEAD = Duration.ofMinutes(1).toMillis();

    private final Needs needs;
    private final DoorFile file;
    private final List<FileGroup> groups;
    private final FileSettings settings;
    private final byte[] piece;
    private final FileMeters meters;
    private final FileSet files;
    private final Checkpoints checkpoints;
    private final Shipping shipping;
    private final Heartbeats beats;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private long coveredFrom;
    private long savedAt;
    private volatile long watermark;
    private volatile String trouble = "";
    private volatile long unreadBytes;
    private volatile boolean blind;

    /**
     * What the door works with.
     *
     * @param state directory of its own for its id, epoch and checkpoints
     * @param door its id, when it has none there yet
     * @param latenessMillis how far the watermark stays behind
     * @param futureMillis how far ahead of its reading a line's time may lie
     * @param delivery how long Kafka may take before the same is sent again
     */
    public record Needs(
            Path state,
            String door,
            Normaliser normaliser,
            EventProducer producer,
            LossCounters losses,
            InstantSource clock,
            long latenessMillis,
            long futureMillis,
            Duration delivery) {}

    private FileDoor(Needs needs, List<FileGroup> groups, FileSettings settings, FileMeters meters) {
        this.needs = needs;
        this.groups = List.copyOf(groups);
        this.settings = settings;
        this.piece = new byte[settings.pieceBytes()];
        this.meters = meters;
        this.file = DoorFile.open(needs.state(), "", needs.door(), needs.clock().millis());
        this.checkpoints = new Checkpoints(needs.state());
        Checkpoints.Saved saved;
        try {
            saved = checkpoints.load();
        } catch (RuntimeException unreadable) {
            file.close();
            throw unreadable;
        }
        this.files = new FileSet(groups, settings, meters, saved);
        this.shipping = new Shipping(needs, file.door(), stop, settings);
        this.beats = new Heartbeats(() -> watermark, this::beat);
        this.thread = new Thread(this::follow, "files");
        thread.setDaemon(true);
        begin(saved);
    }

    /**
     * Follows from now on. Its first heartbeats are in Kafka when this returns, so that a door that speaks after it does not make
     * late what is still to be read.
     *
     * @throws io.faultprint.runtime.UsageError when the state directory or its checkpoints cannot be used
     * @throws Unreachable when Kafka does not take the heartbeats
     */
    public static FileDoor start(Needs needs, List<FileGroup> groups, FileMeters meters) {
        return start(needs, groups, meters, FileSettings.DEFAULT);
    }

    static FileDoor start(Needs needs, List<FileGroup> groups, FileMeters meters, FileSettings settings) {
        FileDoor door = new FileDoor(needs, groups, settings, meters);
        try {
            door.announce();
        } catch (RuntimeException failure) {
            door.files.close();
            door.file.close();
            throw failure;
        }
        door.thread.start();
        door.beats.start(BEAT);
        return door;
    }

    /** Where the door stands before it reads: at the first time that it will read, or at now. */
    private void begin(Checkpoints.Saved saved) {
        long now = needs.clock().millis();
        files.scan(now);
        files.look(now);
        long first = now;
        for (Followed each : files.files()) {
            try {
                long time = each.unread()
                        ? FirstTime.of(
                                each.channel(),
                                each.checkpoint().offset(),
                                each.group().zone(),
                                now)
                        : NEVER;
                if (time != NEVER) {
                    each.startsAt(time);
                    first = Math.min(first, time);
                }
            } catch (IOException failure) {
                files.trouble(each.path(), failure);
            }
        }
        if (files.files().isEmpty()) {
            LOG.warn(
                    "no file is found yet by {}; waits for one",
                    groups.stream().map(FileGroup::globs).toList());
        }
        unreadBytes = files.files().stream().mapToLong(Followed::unreadBytes).sum();
        watermark = first - needs.latenessMillis();
        if (files.seesUntil() == NEVER && saved.watermark() != NEVER) {
            // What was read before and cannot be now holds what was promised then.
            watermark = Math.min(watermark, saved.watermark());
        }
        // Files keep what was written while nobody read them, so a restart leaves no gap, unless one of them is gone.
        boolean before = saved.watermark() != NEVER && !files.lost();
        coveredFrom = before ? Math.min(saved.watermark(), first) : files.lost() ? now : first;
    }

    private void announce() {
        AtomicReference<Exception> refused = new AtomicReference<>();
        needs.producer().heartbeat((topic, partition) -> word(watermark), (topic, partition, problem) -> {
            if (problem != null) {
                refused.set(problem);
            }
        });
        needs.producer().flush();
        Exception problem = refused.get();
        if (problem != null) {
            throw new Unreachable(
                    "Kafka did not take the first heartbeats of door " + file.door() + ": " + problem, problem);
        }
    }

    private Heartbeat word(long reached) {
        return new Heartbeat(file.door(), file.epoch(), coveredFrom, reached, false, false);
    }

    private void beat(long reached) {
        // What is refused is said again in a second; nothing is lost by it, because nothing was promised.
        needs.producer().heartbeat((topic, partition) -> word(reached), (topic, partition, problem) -> {});
    }

    /** Its id. */
    public String name() {
        return file.door();
    }

    /** How far it has come, epoch milliseconds. */
    public long watermark() {
        return watermark;
    }

    /** What is wrong with it, one line; empty when nothing is. */
    public String trouble() {
        return trouble;
    }

    /**
     * Whether it sees: nothing that it followed has become unreadable for longer than this, and it comes on.
     *
     * @param patience how long it may stand still
     */
    public Sight look(Duration patience) {
        long now = needs.clock().millis();
        long behind = now - watermark - needs.latenessMillis();
        String why = trouble;
        if (behind <= patience.toMillis()) {
            return new Sight(List.of(), watermark, 0, 0);
        }
        boolean held = blind || unreadBytes == 0;
        PulseReason reason = new PulseReason(
                held ? PulseCause.DOOR_HELD : PulseCause.BEHIND,
                file.door(),
                watermark + needs.latenessMillis(),
                "door " + file.door() + ": "
                        + (held
                                ? why.isEmpty() ? "Kafka does not take its lines" : why
                                : unreadBytes + " bytes wait to be read"));
        return new Sight(List.of(reason), watermark, 0, 0);
    }

    /** Whether its thread runs; it ends only with the door, or by a defect. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void follow() {
        try {
            while (!pause(round() == 0 ? settings.look() : Duration.ZERO)) {
                // All of it is in the round.
            }
        } catch (RuntimeException defect) {
            trouble = "the file door ended: " + defect;
            LOG.error("the file door ended", defect);
        }
    }

    /** Reads a piece of what is there, has it delivered, and moves on; how many bytes. */
    private long round() {
        long now = needs.clock().millis();
        if (files.scannedAt() == NEVER
                || now - files.scannedAt() >= settings.scan().toMillis()) {
            files.scan(now);
        }
        files.look(now);
        long bytes = read(now);
        List<Followed> ended = new ArrayList<>();
        List<Shipping.Item> items = new ArrayList<>();
        for (Followed each : files.files()) {
            each.quiet(now);
            if (each.ended(now)) {
                each.end(now);
                ended.add(each);
            }
            shipping.collect(each, now, items);
        }
        if (files.unsaved() && !save(now)) {
            // Under an id that is not kept, lines would be told twice after a crash as if they were others.
            return waitWith(items);
        }
        if (!shipping.deliver(items)) {
            return 0;
        }
        settle(now);
        ended.forEach(files::drop);
        if (now - savedAt >= BETWEEN_SAVES
                && (bytes > 0 || !items.isEmpty() || !ended.isEmpty() || now - savedAt > 5_000)) {
            save(now);
        }
        return bytes;
    }

    private long waitWith(List<Shipping.Item> items) {
        while (!pause(settings.scan())) {
            if (save(needs.clock().millis())) {
                if (shipping.deliver(items)) {
                    settle(needs.clock().millis());
                }
                return 1;
            }
        }
        return 0;
    }

    /** Of the files that are behind, the earliest first. */
    private long read(long now) {
        List<Followed> unread = files.files().stream()
                .filter(Followed::unread)
                .sorted(Comparator.comparingLong(Followed::reached))
                .toList();
        long earliest = unread.stream()
                .mapToLong(Followed::reached)
                .filter(time -> time != NEVER)
                .min()
                .orElse(now);
        long bytes = 0;
        for (Followed each : unread) {
            if (each.waits()) {
                continue;
            }
            if (bytes >= settings.roundBytes() || (each.reached() != NEVER && each.reached() > earliest + AHEAD)) {
                break;
            }
            LineBytes.Counts before = each.counts();
            try {
                bytes += each.read(piece, now);
            } catch (IOException failure) {
                files.trouble(each.path(), failure);
            }
            meters.mended(before, each.counts());
        }
        return bytes;
    }

    /** Kafka has everything that was read: checkpoints and watermark may say so. */
    private void settle(long now) {
        long point = Math.min(files.scannedAt(), files.seesUntil());
        long unread = 0;
        for (Followed each : files.files()) {
            each.committed();
            point = Math.min(point, each.point(now));
            unread += each.unreadBytes();
        }
        if (point != NEVER) {
            watermark = Math.max(watermark, point - needs.latenessMillis());
        }
        meters.now(files.files().size(), files.troubles().size(), unread);
        unreadBytes = unread;
        blind = files.seesUntil() != Long.MAX_VALUE;
        trouble = files.troubles().isEmpty()
                ? ""
                : files.troubles().entrySet().iterator().next().toString().replaceFirst("=", ": ");
    }

    private boolean save(long now) {
        try {
            checkpoints.save(watermark, groups.stream().map(FileGroup::spelling).toList(), files.checkpoints());
            files.savedNow();
            savedAt = now;
            return true;
        } catch (UncheckedIOException full) {
            trouble = "checkpoints cannot be written in " + needs.state() + ": " + full.getMessage();
            LOG.warn("{}; what is read meanwhile may be read again", trouble);
            return false;
        }
    }

    private boolean pause(Duration time) {
        try {
            return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops reading, keeps how far it came, and says nothing final: a restart is expected. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(needs.delivery().multipliedBy(2).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        beats.close();
        if (!thread.isAlive()) {
            save(needs.clock().millis());
        }
        files.close();
        file.close();
    }
}
