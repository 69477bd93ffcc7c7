package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.List;

/** Panics, with a backtrace or without, and error reports with their causes. */
final class RustTraces {

    private static final String PANICKED = "' panicked at ";
    private static final String PLACE = "at ";

    private RustTraces() {}

    static List<Thrown> read(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        Thrown current = null;
        boolean causes = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            String text = line.strip();
            int panicked = line.indexOf(PANICKED);
            if (panicked >= 0) {
                current = StackTraces.next(
                        chain,
                        panic(line.substring(panicked + PANICKED.length()), i + 1 < lines.length ? lines[i + 1] : ""));
            } else if (line.equals("Caused by:")) {
                causes = true;
                current = chain.isEmpty() ? StackTraces.next(chain, new Thrown("error", before(lines, i))) : current;
            } else if (numbered(text) > 0
                    && i + 1 < lines.length
                    && lines[i + 1].strip().startsWith(PLACE)) {
                causes = false;
                if (current != null) {
                    add(
                            current,
                            Frame.rust(
                                    text.substring(numbered(text)),
                                    lines[i + 1].strip().substring(PLACE.length())));
                }
            } else if (causes && !text.isEmpty() && !text.startsWith("Stack backtrace")) {
                current = StackTraces.next(chain, new Thrown("error", text.substring(Math.max(0, numbered(text)))));
            }
        }
        return chain;
    }

    /** {@code src/main.rs:4:5:} with the message below, or {@code 'message', src/main.rs:4:5} as it was before 1.73. */
    private static Thrown panic(String rest, String below) {
        int quote = rest.startsWith("'") ? rest.lastIndexOf("', ") : -1;
        String place = quote < 0 ? rest.strip() : rest.substring(quote + 3).strip();
        Thrown panic = new Thrown("panic", quote < 0 ? below.strip() : rest.substring(1, quote));
        panic.frames().add(Frame.place(place.endsWith(":") ? place.substring(0, place.length() - 1) : place));
        return panic;
    }

    /** The place that the panic named is the first own frame once more, now with its function. */
    private static void add(Thrown thrown, Frame frame) {
        thrown.frames().removeIf(first -> frame.own() && frame.place().endsWith(first.place()));
        thrown.frames().add(frame);
    }

    private static String before(String[] lines, int i) {
        for (int line = i - 1; line >= 0; line--) {
            if (!lines[line].isBlank()) {
                int error = lines[line].indexOf("Error: ");
                return error < 0 ? lines[line] : lines[line].substring(error + "Error: ".length());
            }
        }
        return "";
    }

    /** Where the text behind {@code 12: } begins; -1 when no number stands there. */
    private static int numbered(String text) {
        int p = 0;
        while (p < text.length() && CharClass.digit(text.charAt(p))) {
            p++;
        }
        return p > 0 && text.startsWith(": ", p) ? p + 2 : -1;
    }
}
