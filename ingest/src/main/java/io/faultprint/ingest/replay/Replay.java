package io.faultprint.ingest.replay;

import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.runtime.UsageError;
import io.faultprint.time.Windows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Replays recorded OTLP/JSON lines as the door {@value #DOOR}: in event time, at a pace or as fast as they can be read,
 * and never faster than the readers keep up. The same files give the same records in the same order in every partition,
 * whatever the pace: it only says when.
 */
public final class Replay {

    /** The door's id in every event and heartbeat. */
    public static final String DOOR = "replay";

    /** A step in time that one line alone claims is a broken clock, and not the time of the system. */
    private static final long LONGEST_GAP = Duration.ofDays(7).toMillis();

    /** A pace does not wait longer than this on the word of one line alone. */
    private static final long LONGEST_HOLD = Duration.ofHours(1).toMillis();

    private final EventProducer producer;
    private final Normaliser normaliser;
    private final Windows windows;
    private final LongSupplier upTo;
    private final Consumer<ReplayProgress> progress;
    private final Pace pace;

    /** A replay as fast as it can. */
    public Replay(
            EventProducer producer,
            Normaliser normaliser,
            Windows windows,
            LongSupplier upTo,
            Consumer<ReplayProgress> progress) {
        this(producer, normaliser, windows, upTo, progress, Pace.free());
    }

    /**
     * @param upTo the least tick seen over all sources, epoch milliseconds; anything below the first event before the
     *     first tick. {@code Long.MAX_VALUE} always lets the replay run free.
     * @param progress told after each line and each heartbeat between lines, on the replaying thread
     * @param pace what it is held to
     */
    public Replay(
            EventProducer producer,
            Normaliser normaliser,
            Windows windows,
            LongSupplier upTo,
            Consumer<ReplayProgress> progress,
            Pace pace) {
        this.producer = producer;
        this.normaliser = normaliser;
        this.windows = windows;
        this.upTo = upTo;
        this.progress = progress;
        this.pace = pace;
    }

    /** Settings of a producer that is to be fed as fast as it goes: it blocks the reader instead of refusing. */
    public static Map<String, Object> producerSettings(String bootstrapServers, Map<String, String> client) {
        Map<String, String> patient = new HashMap<>(Map.of("max.block.ms", "120000", "linger.ms", "20"));
        patient.putAll(client);
        return EventProducer.settings(bootstrapServers, patient, Duration.ofMinutes(2), 48L << 20);
    }

    /**
     * Replays the files to their end and returns when Kafka has everything.
     *
     * @throws UsageError when a file cannot be opened
     * @throws IllegalStateException when Kafka does not take a record
     * @throws ReplayStopped when the thread is interrupted while it waits for its readers
     */
    public ReplayResult run(List<Path> files) {
        long total = size(files);
        try (Merge merge = open(files)) {
            long begin = new Beginning(windows.latenessMillis(), LONGEST_GAP).of(files);
            ReplaySink sink = new ReplaySink(producer, normaliser, new LossCounters());
            EventTimeBeats beats = new EventTimeBeats(windows, begin, upTo, sink::heartbeat);
            LongConsumer tell = time -> progress.accept(
                    new ReplayProgress(merge.bytesRead(), total, sink.events(), time, pace.behindMillis(time)));
            pace.begin(begin);
            long reached = begin;
            for (Line line = merge.next(); line != null; line = merge.next()) {
                boolean believed = line.time() - reached <= LONGEST_GAP || merge.hasWithin(line.time(), LONGEST_GAP);
                long before = reached;
                reached = believed ? Math.max(reached, line.time()) : reached;
                if (reached - before > LONGEST_HOLD && !merge.hasWithin(reached, LONGEST_HOLD)) {
                    pace.begin(reached);
                } else {
                    hold(beats, reached, tell);
                }
                beats.reached(reached);
                // A line that lies a little back keeps its own time; one without any time takes that of the others.
                long now = believed && line.time() > 0 ? line.time() : reached;
                sink.line(line, now);
                tell.accept(reached);
            }
            beats.end(Math.max(sink.lastTime(), begin));
            return sink.finish(beats.coveredFrom(), Math.max(sink.lastTime(), begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this event time is due. Silence is told meanwhile: windows close as they did when it was live. */
    private void hold(EventTimeBeats beats, long until, LongConsumer tell) {
        if (pace.isFree()) {
            return;
        }
        for (long due = beats.nextDue(); due < until; due = beats.nextDue()) {
            pace.await(due);
            beats.reached(due);
            tell.accept(due);
        }
        pace.await(until);
    }

    private static Merge open(List<Path> files) {
        try {
            return new Merge(files);
        } catch (IOException e) {
            throw new UsageError("replay: cannot read " + e.getMessage(), e);
        }
    }

    private static long size(List<Path> files) {
        long total = 0;
        for (Path file : files) {
            @Nullable
            String problem = !Files.exists(file)
                    ? "there is no such file"
                    : Files.isDirectory(file) ? "is a directory; name its files" : null;
            if (problem != null) {
                throw new UsageError("replay " + file + ": " + problem);
            }
            try {
                total += Files.size(file);
            } catch (IOException e) {
                throw new UsageError("replay " + file + ": cannot be read: " + e, e);
            }
        }
        return total;
    }
}
