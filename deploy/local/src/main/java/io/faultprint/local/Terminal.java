package io.faultprint.local;

import io.faultprint.local.show.Style;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where commands speak: answers to {@code out}, trouble to {@code err}. On a terminal one transient line at the bottom
 * shows what is going on; everywhere else only whole lines are written.
 */
final class Terminal {

    private static final int NARROW = 40;
    private static final int WIDE = 120;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final Style style;
    private boolean transientShown;

    Terminal(PrintStream out, PrintStream err, boolean interactive, Style style) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.style = style;
    }

    /** The terminal of this process; the launcher script has looked whether it is one. */
    static Terminal ofProcess(Map<String, String> environment) {
        boolean interactive = Boolean.getBoolean("faultprint.tty");
        boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        int columns = Integer.getInteger("faultprint.columns", 80);
        return new Terminal(
                System.out, System.err, interactive, new Style(colour, Math.max(NARROW, Math.min(WIDE, columns))));
    }

    Style style() {
        return style;
    }

    boolean interactive() {
        return interactive;
    }

    PrintStream out() {
        return out;
    }

    synchronized void line(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    synchronized void lines(List<String> lines) {
        clear();
        lines.forEach(out::println);
        out.flush();
    }

    /** What is going on right now; replaced by whatever comes next, and left out where it could not be. */
    synchronized void status(String status) {
        if (!interactive) {
            return;
        }
        clear();
        out.print(style.dim(style.fit(status)));
        out.flush();
        transientShown = true;
    }

    synchronized void trouble(String line) {
        clear();
        err.println(line);
        err.flush();
    }

    private void clear() {
        if (transientShown) {
            out.print("\r\u001b[2K");
            transientShown = false;
        }
    }
}
