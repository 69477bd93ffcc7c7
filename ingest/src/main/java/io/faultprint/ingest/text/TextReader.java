package io.faultprint.ingest.text;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one log file into log records: joins what belongs together, and finds time, level, fields and exceptions. The
 * same lines give the same records however they come, as long as {@link #flush} comes at the same places. Not safe for
 * several threads.
 */
public final class TextReader {

    /**
     * A record and where it stood.
     *
     * @param record its time is 0 when it shows none: what that means, only who reads the file knows
     * @param first its first line
     */
    public record Read(LogRecord record, Line first) {}

    private final LogTimes times;
    private final Consumer<Read> sink;
    private final Joiner joiner;

    /**
     * A reader of one file.
     *
     * @param zone of times that name none
     * @param sink hears each record once it is whole
     */
    public TextReader(ZoneId zone, JoinLimits limits, Consumer<Read> sink) {
        this.times = new LogTimes(zone);
        this.sink = sink;
        this.joiner = new Joiner(times, limits, this::entry);
    }

    /** Takes the next line. */
    public void add(Line line) {
        joiner.add(line);
    }

    /** Says that nothing follows for now: what is held is whole. */
    public void flush() {
        joiner.flush();
    }

    /** The first line of what may still grow; null when nothing is held. */
    public @Nullable Line held() {
        return joiner.held();
    }

    /** The time that {@link #held} shows, epoch milliseconds; 0 when it shows none. */
    public long heldMillis() {
        return joiner.heldMillis();
    }

    private void entry(Entry entry) {
        sink.accept(new Read(TextRecord.of(entry, times), entry.first()));
    }
}
