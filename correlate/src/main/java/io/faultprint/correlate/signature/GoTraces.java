package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.List;

/** Panics, goroutine dumps in a log line, and errors printed with their stacks ({@code %+v}). */
final class GoTraces {

    private GoTraces() {}

    static List<Thrown> read(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        Thrown current = null;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            boolean frame = i + 1 < lines.length && isPlace(lines[i + 1]) && !line.isBlank() && !isPlace(line);
            if (current == null) {
                current = first(chain, line, i == 0);
            } else if (frame && !line.startsWith("created by ")) {
                current.frames().add(Frame.go(line, lines[i + 1]));
            } else if (line.isBlank() && !current.frames().isEmpty()) {
                break;
            }
        }
        return chain;
    }

    private static boolean isPlace(String line) {
        return line.startsWith("\t");
    }

    /** A panic says so; else the first line is what the log or the error says. */
    private static Thrown first(List<Thrown> chain, String line, boolean begins) {
        for (String kind : new String[] {"panic: ", "fatal error: "}) {
            int at = line.indexOf(kind);
            if (at >= 0) {
                String message = line.substring(at + kind.length()).replace(" [recovered]", "");
                return StackTraces.next(chain, new Thrown(kind.substring(0, kind.length() - 2), message));
            }
        }
        return begins ? StackTraces.next(chain, new Thrown("error", line)) : chain.get(0);
    }
}
