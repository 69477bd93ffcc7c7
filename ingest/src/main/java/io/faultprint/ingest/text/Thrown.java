package io.faultprint.ingest.text;

import org.jspecify.annotations.Nullable;

/**
 * The exception in an entry's text, in the words of OpenTelemetry's {@code exception.*}.
 *
 * @param type the outermost; for Go {@code panic} or {@code fatal error}
 * @param message what it said; empty when nothing
 * @param stacktrace from the exception's own line to the end of the text
 * @param before the text before it, stripped; empty when there is none
 */
record Thrown(String type, String message, String stacktrace, String before) {

    /** Lines of a message that may stand between an exception's type and its first frame. */
    private static final int MESSAGE_LINES = 20;

    /** The exception in a text; null when there is none, or none that names its type. */
    static @Nullable Thrown in(String text) {
        if (text.indexOf('\n') < 0) {
            return null;
        }
        int python = text.indexOf(LineKind.TRACEBACK);
        if (python >= 0) {
            return python(text, python);
        }
        int go = goroutines(text);
        return go >= 0 ? go(text, go) : frames(text);
    }

    private static @Nullable Thrown python(String text, int start) {
        int last = text.lastIndexOf(LineKind.TRACEBACK);
        int line = next(text, last);
        while (line >= 0) {
            char c = line < text.length() ? text.charAt(line) : '\n';
            if (c != ' ' && c != '\t' && c != '\n') {
                String thrown = line(text, line);
                return of(thrown, text, start);
            }
            line = next(text, line);
        }
        return null;
    }

    private static int goroutines(String text) {
        int at = text.startsWith("goroutine ") ? 0 : text.indexOf("\ngoroutine ");
        return at < 0 || text.indexOf(" [", at) < 0 ? -1 : at == 0 ? 0 : at + 1;
    }

    private static Thrown go(String text, int goroutine) {
        for (String word : new String[] {"panic", "fatal error"}) {
            int at = text.startsWith(word + ": ") ? 0 : text.indexOf("\n" + word + ": ") + 1;
            if (text.startsWith(word + ": ", at) && at < goroutine) {
                String message = line(text, at).substring(word.length() + 2);
                return new Thrown(
                        word, message, text.substring(at), text.substring(0, at).strip());
            }
        }
        // net/http catches a panic and logs it in its own words, "http: panic serving ADDRESS: MESSAGE".
        String before = text.substring(0, goroutine).strip();
        int panic = before.indexOf("panic");
        int message = panic < 0 ? -1 : before.indexOf(": ", panic);
        String said = message < 0 ? before : before.substring(message + 2);
        return new Thrown("panic", said, "panic: " + said + "\n\n" + text.substring(goroutine), before);
    }

    /** Java, Node, .NET: {@code at} frames, and the type on a line before the first of them. */
    private static @Nullable Thrown frames(String text) {
        int frame = 0;
        while (frame >= 0 && !isFrame(text, frame)) {
            frame = next(text, frame);
        }
        if (frame <= 0) {
            return null;
        }
        int line = frame;
        for (int i = 0; i < MESSAGE_LINES && line > 0; i++) {
            line = text.lastIndexOf('\n', line - 2) + 1;
            int type = typeIn(line(text, line));
            if (type >= 0) {
                return of(line(text, line).substring(type), text, line + type);
            }
        }
        return null;
    }

    private static Thrown of(String thrown, String text, int start) {
        int nested = thrown.indexOf(" ---> ");
        String own = nested < 0 ? thrown.stripTrailing() : thrown.substring(0, nested);
        int colon = own.indexOf(':');
        boolean named = colon > 0 && own.lastIndexOf(' ', colon) < 0;
        String type = named ? own.substring(0, colon) : own;
        String message = named ? own.substring(colon + 1).strip() : "";
        return new Thrown(type, message, text.substring(start), before(text, start));
    }

    /** Without what only announces the exception that follows. */
    private static String before(String text, int start) {
        String before = text.substring(0, start).strip();
        boolean announces = before.startsWith("Exception in thread ") && before.indexOf('\n') < 0;
        return announces || before.equals("Unhandled exception.") || before.equals("Uncaught") ? "" : before;
    }

    private static boolean isFrame(String text, int line) {
        int i = line;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i > line && text.startsWith("at ", i);
    }

    /** Where a word begins that is an exception's type; -1 when none does. */
    private static int typeIn(String line) {
        int start = 0;
        while (start < line.length()) {
            int end = start;
            while (end < line.length() && isNamePart(line.charAt(end))) {
                end++;
            }
            boolean closed = end == line.length() || line.charAt(end) == ':' || line.startsWith(" --->", end);
            String word = line.substring(start, end);
            boolean named = word.endsWith("Exception") || word.endsWith("Error") || word.endsWith("Throwable");
            boolean qualified = start == 0 && word.indexOf('.') > 0 && !Cursor.isDigit(word.charAt(0));
            if (closed && word.length() > 4 && (named || qualified)) {
                return start;
            }
            start = Math.max(end, start + 1);
        }
        return -1;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '$' || c == '_';
    }

    private static int next(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? -1 : end + 1;
    }

    private static String line(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }
}
