package io.faultprint.ingest.text;

import java.util.regex.Pattern;

/** What a line is by its looks, to whoever joins lines. */
enum LineKind {
    BLANK,
    /** Begins with white space: a frame of Java, Node, .NET or Python, or anything else set in under its line. */
    INDENTED,
    /** Goes on with a trace that began before: a cause, a chained exception, the end of a Go program. */
    MORE,
    /** Begins a trace, or is the line of an exception that frames may follow. */
    TRACE,
    /** A JSON object on a line, or fields by name: whole by itself. */
    FIELDS,
    PLAIN;

    static final String TRACEBACK = "Traceback (most recent call last):";

    private static final String[] MORES = {
        "Caused by: ",
        "Suppressed: ",
        "--- End of ",
        "---> ",
        "During handling of the above exception",
        "The above exception was the direct cause",
        "created by ",
        "exit status "
    };

    private static final Pattern GOROUTINE = Pattern.compile("goroutine \\d+ \\[");

    /** {@code java.io.IOException: gone}, {@code TypeError: x}; qualified or with a name that says what it is. */
    private static final Pattern THROWN =
            Pattern.compile("(?:[A-Za-z_$][\\w$]*\\.)*[\\w$]*(?:Exception|Error|Throwable)(?::.*)?");

    private static final Pattern OMITTED = Pattern.compile("\\.\\.\\. \\d+ (?:more|common)");

    private static final Pattern LOGFMT = Pattern.compile("(?:ts|t|time|level|lvl|severity|msg)=.*");

    static LineKind of(String text) {
        if (text.isBlank()) {
            return BLANK;
        }
        char first = text.charAt(0);
        if (first == ' ' || first == '\t') {
            return INDENTED;
        }
        if (first == '{' && text.charAt(text.stripTrailing().length() - 1) == '}') {
            return FIELDS;
        }
        for (String more : MORES) {
            if (text.startsWith(more)) {
                return MORE;
            }
        }
        if (text.startsWith("... ") && OMITTED.matcher(text).lookingAt()) {
            return MORE;
        }
        if (text.startsWith(TRACEBACK) || beginsGo(text) || beginsUncaught(text)) {
            return TRACE;
        }
        if (text.length() <= 4_096 && THROWN.matcher(text).matches()) {
            return TRACE;
        }
        return LOGFMT.matcher(text).lookingAt() ? FIELDS : PLAIN;
    }

    static boolean panics(String text) {
        return text.startsWith("panic: ") || text.startsWith("fatal error: ");
    }

    static boolean beginsGo(String text) {
        return panics(text)
                || (text.startsWith("goroutine ") && GOROUTINE.matcher(text).lookingAt());
    }

    private static boolean beginsUncaught(String text) {
        return text.startsWith("Exception in thread ")
                || text.startsWith("Unhandled exception")
                || text.startsWith("Uncaught ");
    }

    /** What stands without indentation in the dump of a Go program: functions, signals, registers, other goroutines. */
    static boolean inGoDump(String text) {
        if (text.isBlank() || text.charAt(0) == '\t' || beginsGo(text)) {
            return true;
        }
        int bracket = text.indexOf('(');
        boolean function = bracket > 0 && text.indexOf(' ') < 0 && text.endsWith(")");
        boolean method = text.indexOf(".(") > 0 && text.endsWith(")") && text.indexOf(' ') > text.indexOf(".(");
        boolean arguments =
                bracket > 0 && text.lastIndexOf(' ', bracket) < 0 && text.indexOf('.') > 0 && text.endsWith(")");
        return function
                || method
                || arguments
                || text.startsWith("created by ")
                || text.startsWith("[signal ")
                || text.startsWith("exit status ")
                || text.startsWith("runtime stack:")
                || text.startsWith("...");
    }
}
