package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.ExceptionSigner;
import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.state.LineRow;
import io.faultprint.correlate.state.LogRow;
import io.faultprint.correlate.state.SeenRow;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
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
    private final int forms;
    private final Masker masker = new Masker();
    private final ExceptionSigner exceptions = new ExceptionSigner();

    LogIntake(Rows rows, int forms) {
        this.rows = rows;
        this.forms = forms;
    }

    void add(LogEvent log, long windowStart) {
        Envelope envelope = log.getEnvelope();
        String environment = envelope.getEnvironment();
        String service = envelope.getService();
        MaskedLine line = mask(log);
        RowKey key = WindowKeys.of(windowStart, environment, service, WindowKeys.LINES)
                .then(line.hash());
        LogRow row = rows.get(key, LogRow.class);
        if (row == null && !admit(windowStart, environment, service, line.hash())) {
            return;
        }
        long time = envelope.getEventTime();
        rows.put(
                key,
                row == null
                        ? new LogRow(1L, log.getSeverityNumber(), time, time)
                        : new LogRow(
                                row.getCount() + 1,
                                Math.max(row.getSeverityNumber(), log.getSeverityNumber()),
                                Math.min(row.getFirst(), time),
                                Math.max(row.getLast(), time)));
        if (row == null || time <= row.getFirst()) {
            text(windowStart, log, line);
        }
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
    private void text(long windowStart, LogEvent log, MaskedLine line) {
        Envelope envelope = log.getEnvelope();
        RowKey key = WindowKeys.of(windowStart, envelope.getEnvironment(), envelope.getService(), WindowKeys.TEXT)
                .then(line.hash());
        String example = example(log);
        LineRow row = rows.get(key, LineRow.class);
        if (row != null
                && (row.getExampleTime() < envelope.getEventTime()
                        || (row.getExampleTime() == envelope.getEventTime()
                                && row.getExample().compareTo(example) <= 0))) {
            return;
        }
        boolean exception = line.kind() == MaskedLine.Kind.EXCEPTION;
        rows.put(key, new LineRow(line.text(), exception, example, envelope.getEventTime()));
    }

    /** Whether a form that is new to the window gets a row; another may have to go for it. */
    private boolean admit(long windowStart, String environment, String service, long hash) {
        RowKey seenKey = WindowKeys.of(windowStart, environment, service, WindowKeys.SEEN);
        SeenRow seen = rows.get(seenKey, SeenRow.class);
        int distinct = seen == null ? 0 : seen.getDistinct();
        long flood = seen == null ? 0 : seen.getFlood();
        if (distinct < forms) {
            rows.put(seenKey, new SeenRow(distinct + 1, flood));
            return true;
        }
        RowKey lines = WindowKeys.of(windowStart, environment, service, WindowKeys.LINES);
        Bytes last = rows.lastKey(lines);
        long greatest = last == null ? -1 : RowKey.lastNumber(last);
        if (Long.compareUnsigned(hash, greatest) > 0) {
            rows.put(seenKey, new SeenRow(distinct, flood + 1));
            return false;
        }
        LogRow evicted = rows.get(lines.then(greatest), LogRow.class);
        rows.delete(lines.then(greatest));
        rows.delete(WindowKeys.of(windowStart, environment, service, WindowKeys.TEXT)
                .then(greatest));
        rows.put(seenKey, new SeenRow(distinct, flood + (evicted == null ? 0 : evicted.getCount())));
        return true;
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
