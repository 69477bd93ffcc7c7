package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.ExceptionSigner;
import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.snapshot.Places;
import io.faultprint.correlate.state.LineRow;
import io.faultprint.correlate.state.LogRow;
import io.faultprint.correlate.state.PlaceRow;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Counts log lines by masked form. Signatures are given at the close only, so the order in which lines arrive decides
 * nothing. Where a service says more forms in a window than the cap, those with the least hashes are kept: the same
 * ones in whatever order they come.
 */
final class LogIntake {

    private static final int EXAMPLE = 500;

    private final Rows rows;
    private final Crowd crowd;
    private final Cuts cuts;
    private final int forms;
    private final Masker masker;
    private final ExceptionSigner exceptions = new ExceptionSigner();

    LogIntake(Rows rows, Crowd crowd, Cuts cuts, int forms, SteeringRules rules) {
        this.rows = rows;
        this.crowd = crowd;
        this.cuts = cuts;
        this.forms = forms;
        this.masker = new Masker(rules);
    }

    /**
     * Counts a line.
     *
     * @param known whether the service is one that the task remembers
     * @return false when a rule leaves the line out
     */
    boolean add(LogEvent log, long windowStart, boolean known) {
        if (masker.ignores(log.getBody())) {
            cuts.count(Cut.IGNORED, 1);
            return false;
        }
        Envelope envelope = log.getEnvelope();
        RowKey cell = WindowKeys.cell(windowStart, envelope.getEnvironment(), envelope.getService());
        MaskedLine line = mask(log);
        RowKey key = cell.then(WindowKeys.LINES).then(line.hash());
        LogRow row = rows.get(key, LogRow.class);
        if (row == null && !crowd.admit(cell, WindowKeys.LINES, key, forms, known, last -> evict(cell, last))) {
            flood(cell, 1);
            return true;
        }
        long time = envelope.getEventTime();
        List<PlaceRow> places = row == null ? List.of() : row.getPlaces();
        if (line.kind() == MaskedLine.Kind.LINE) {
            places = Places.with(places, masker);
        }
        rows.put(
                key,
                row == null
                        ? new LogRow(1L, log.getSeverityNumber(), time, time, places)
                        : new LogRow(
                                row.getCount() + 1,
                                Math.max(row.getSeverityNumber(), log.getSeverityNumber()),
                                Math.min(row.getFirst(), time),
                                Math.max(row.getLast(), time),
                                places));
        if (row == null || time <= row.getFirst()) {
            text(cell, log, line);
        }
        return true;
    }

    private MaskedLine mask(LogEvent log) {
        if (log.getExceptionStacktrace() != null || log.getExceptionType() != null) {
            return exceptions.fromFields(
                    log.getExceptionType(), log.getExceptionMessage(), log.getExceptionStacktrace(), masker);
        }
        return ExceptionSigner.looksLikeTrace(log.getBody())
                ? exceptions.fromBody(log.getBody(), masker)
                : masker.mask(log.getBody());
    }

    /** Keeps the earliest line of each form, the least text where two are equally early. */
    private void text(RowKey cell, LogEvent log, MaskedLine line) {
        Envelope envelope = log.getEnvelope();
        RowKey key = cell.then(WindowKeys.TEXT).then(line.hash());
        String example = example(log);
        LineRow row = rows.get(key, LineRow.class);
        if (row != null
                && (row.getExampleTime() < envelope.getEventTime()
                        || (row.getExampleTime() == envelope.getEventTime()
                                && row.getExample().compareTo(example) <= 0))) {
            return;
        }
        boolean exception = line.kind() == MaskedLine.Kind.EXCEPTION;
        rows.put(
                key,
                new LineRow(
                        line.text(), exception, example, envelope.getEventTime(), exception ? frames(log) : List.of()));
    }

    private static List<String> frames(LogEvent log) {
        return ExceptionSigner.ownFrames(Objects.requireNonNullElse(log.getExceptionStacktrace(), log.getBody()));
    }

    /** A form goes for another: its lines are counted as flood. */
    private void evict(RowKey cell, Bytes last) {
        long hash = RowKey.lastNumber(last);
        LogRow evicted = rows.get(cell.then(WindowKeys.LINES).then(hash), LogRow.class);
        rows.delete(cell.then(WindowKeys.TEXT).then(hash));
        flood(cell, evicted == null ? 0 : evicted.getCount());
    }

    private void flood(RowKey cell, long lines) {
        crowd.beyond(cell, WindowKeys.LINES, lines);
        cuts.count(Cut.FORMS, lines);
    }

    private static String example(LogEvent log) {
        String text =
                log.getBody().isEmpty() ? thrown(log.getExceptionType(), log.getExceptionMessage()) : log.getBody();
        if (text.length() <= EXAMPLE) {
            return text;
        }
        // Half a character would be stored as another one, and then compare otherwise than before.
        return text.substring(0, Character.isHighSurrogate(text.charAt(EXAMPLE - 1)) ? EXAMPLE - 1 : EXAMPLE);
    }

    private static String thrown(@Nullable String type, @Nullable String message) {
        return type == null || message == null
                ? Objects.requireNonNullElse(type, Objects.requireNonNullElse(message, ""))
                : type + ": " + message;
    }
}
