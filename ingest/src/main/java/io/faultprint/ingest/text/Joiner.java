package io.faultprint.ingest.text;

import io.faultprint.ingest.normalise.Severity;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of one file together that are one entry: stack traces, what is indented, and, in a file that shows times, what has
 * none. What it says depends on the lines and on when it is told to {@link #flush}, never on how they came. Holds one
 * entry, within {@link JoinLimits}.
 */
final class Joiner {

    private static final int WARN = 13;

    private final LogTimes times;
    private final JoinLimits limits;
    private final Consumer<Entry> sink;
    private @Nullable Pending pending;

    Joiner(LogTimes times, JoinLimits limits, Consumer<Entry> sink) {
        this.times = times;
        this.limits = limits;
        this.sink = sink;
    }

    void add(Line line) {
        String text = line.text();
        LineKind kind = LineKind.of(text);
        Stamp stamp = kind == LineKind.BLANK || kind == LineKind.MORE ? null : times.find(text, line.readAt());
        Pending open = pending;
        if (open != null && open.goesOnWith(text, kind, stamp)) {
            open.cutBytes += line.cutBytes();
        } else {
            flush();
            if (kind != LineKind.BLANK) {
                pending = new Pending(line, kind, stamp);
            }
            if (kind == LineKind.FIELDS) {
                flush();
            }
        }
    }

    /** No more lines for now: what is held is an entry. */
    void flush() {
        Pending open = pending;
        pending = null;
        if (open != null) {
            sink.accept(open.entry());
        }
    }

    /** The first line of what is held; null when nothing is. */
    @Nullable
    Line held() {
        return pending == null ? null : pending.first;
    }

    /** The time in that line, epoch milliseconds; 0 when it has none. */
    long heldMillis() {
        Stamp stamp = pending == null ? null : pending.stamp;
        return stamp == null ? 0 : stamp.nanos() / 1_000_000;
    }

    private final class Pending {
        private final Line first;
        private final @Nullable Stamp stamp;
        private final boolean timed;
        private final boolean indented;
        private final StringBuilder text = new StringBuilder();
        private int lines = 1;
        private int plain;
        private int cut;
        private long cutBytes;
        private boolean trace;
        private boolean go;
        private boolean goroutines;
        private boolean python;
        private boolean chained;

        Pending(Line first, LineKind kind, @Nullable Stamp stamp) {
            this.first = first;
            this.stamp = stamp;
            this.timed = stamp != null;
            this.indented = kind == LineKind.INDENTED;
            this.cutBytes = first.cutBytes();
            take(first.text());
            noteTrace(first.text(), kind);
        }

        boolean goesOnWith(String line, LineKind kind, @Nullable Stamp time) {
            boolean begins = time != null && time.start() < firstWord(line) + 2;
            if (kind == LineKind.FIELDS) {
                return false;
            }
            if (go && !begins && LineKind.inGoDump(line)) {
                // The first goroutine ends what was said about a panic: another one is another death.
                boolean another = goroutines && LineKind.panics(line);
                goroutines |= line.startsWith("goroutine ");
                return !another && append(line);
            }
            if (python && !begins && kind != LineKind.BLANK) {
                // The first line that is not set in says what was thrown, and ends the traceback.
                python = kind == LineKind.INDENTED || kind == LineKind.MORE || line.startsWith(LineKind.TRACEBACK);
                return append(line);
            }
            return switch (kind) {
                case BLANK -> append(line);
                // In a file whose every line is set in, white space joins nothing.
                case INDENTED -> (trace || !(begins || indented)) && append(line);
                case MORE -> {
                    chained |= line.startsWith("During handling") || line.startsWith("The above exception");
                    yield append(line);
                }
                case TRACE -> mayThrow() && append(line, kind);
                default -> time == null && timed && cut == 0 && plain++ < limits.plain() && append(line);
            };
        }

        /** A trace belongs to the line before it, unless that has one already, or told of nothing bad. */
        private boolean mayThrow() {
            if (trace) {
                return chained || go;
            }
            int level = lines == 1 ? Severity.inText(first.text()) : 0;
            return level == 0 ? timed || lines > 1 : level >= WARN;
        }

        private boolean append(String line, LineKind kind) {
            noteTrace(line, kind);
            return append(line);
        }

        private boolean append(String line) {
            if (cut > 0 || lines >= limits.lines() || text.length() + line.length() >= limits.characters()) {
                // The rest of a trace by itself would look like another failure; the rest of anything else is kept.
                cut += trace ? 1 : 0;
                return trace;
            }
            lines++;
            text.append('\n');
            take(line);
            return true;
        }

        private void take(String line) {
            text.append(line);
            trace |= frame(line);
        }

        private void noteTrace(String line, LineKind kind) {
            if (kind == LineKind.TRACE) {
                trace = true;
                go = LineKind.beginsGo(line);
                goroutines = line.startsWith("goroutine ");
                python = line.startsWith(LineKind.TRACEBACK);
                chained = false;
            } else if (line.endsWith(LineKind.TRACEBACK)) {
                trace = true;
                python = true;
            }
        }

        Entry entry() {
            return new Entry(text.toString().stripTrailing(), first, stamp, cut, cutBytes);
        }
    }

    private static boolean frame(String line) {
        int word = firstWord(line);
        return word > 0 && line.startsWith("at ", word);
    }

    private static int firstWord(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
