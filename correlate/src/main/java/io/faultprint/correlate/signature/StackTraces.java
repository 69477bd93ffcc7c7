package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stack traces of Java, Python, Node, .NET and Go into chains of exceptions, the outermost first. */
final class StackTraces {

    private static final int LONGEST_CHAIN = 16;
    private static final int MOST_LINES = 2_000;
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String CAUSED_BY = "Caused by: ";

    private StackTraces() {}

    /** Whether a text holds a stack trace; cheap for lines that do not. */
    static boolean in(String text) {
        if (text.indexOf('\n') < 0) {
            return false;
        }
        return text.contains("\tat ")
                || text.contains("   at ")
                || text.contains(TRACEBACK)
                || text.contains("\ngoroutine ");
    }

    /** The chain in a text; empty when no exception is found there. */
    static List<Thrown> read(String text) {
        String[] lines = text.split("\r?\n", MOST_LINES);
        if (text.contains(TRACEBACK)) {
            return python(lines);
        }
        return text.contains("\ngoroutine ") ? go(lines) : at(lines);
    }

    private static List<Thrown> at(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        Thrown current = null;
        boolean frames = false;
        boolean suppressed = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("at ") && text.length() > 3) {
                Frame frame = Frame.at(line);
                if (current != null && frame != null && !suppressed) {
                    current.frames().add(frame);
                }
                frames = true;
            } else if (text.startsWith(CAUSED_BY) && (!suppressed || line.startsWith(CAUSED_BY))) {
                suppressed = false;
                current = next(chain, Thrown.header(text.substring(CAUSED_BY.length())));
            } else if (text.startsWith("Suppressed: ")) {
                suppressed = true;
            } else if (text.startsWith("---> ")) {
                current = next(chain, Thrown.header(text.substring("---> ".length())));
            } else if (text.startsWith("--- End of inner")) {
                current = chain.isEmpty() ? null : chain.get(Math.max(0, chain.indexOf(current) - 1));
            } else if (!frames) {
                current = header(chain, current, text);
            }
        }
        return chain;
    }

    /** Before the first frame: log text, the exception's header, or more lines of its message. */
    private static @Nullable Thrown header(List<Thrown> chain, @Nullable Thrown current, String text) {
        if (current != null) {
            current.say(text);
            return current;
        }
        int type = typeIn(text);
        if (type < 0) {
            return null;
        }
        Thrown last = null;
        for (String part : text.substring(type).split(" ---> ", LONGEST_CHAIN)) {
            last = next(chain, Thrown.header(part));
        }
        return last;
    }

    private static Thrown next(List<Thrown> chain, Thrown thrown) {
        if (chain.size() < LONGEST_CHAIN) {
            chain.add(thrown);
        }
        return thrown;
    }

    /** Where a word begins that is an exception's type: {@code …Exception}, {@code …Error}, or a qualified class before a colon. */
    private static int typeIn(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length()
                    && (CharClass.alphanumeric(text.charAt(end)) || ".$_".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            String word = text.substring(start, end);
            boolean closed = end == text.length() || text.charAt(end) == ':' || text.startsWith(" --->", end);
            boolean named = word.endsWith("Exception") || word.endsWith("Error") || word.endsWith("Throwable");
            boolean qualified = word.indexOf('.') > 0 && start == 0;
            if (closed && (named || qualified) && word.length() > 5) {
                return start;
            }
            start = Math.max(end, start + 1);
        }
        return -1;
    }

    private static List<Thrown> python(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        boolean within = false;
        for (String line : lines) {
            if (line.contains(TRACEBACK)) {
                frames.clear();
                within = true;
            } else if (within && line.strip().startsWith("File \"")) {
                frames.add(Frame.python(line));
            } else if (within && !line.isEmpty() && CharClass.letter(line.charAt(0))) {
                Thrown thrown = next(chain, Thrown.header(line));
                Collections.reverse(frames);
                thrown.frames().addAll(frames);
                within = false;
            }
        }
        Collections.reverse(chain);
        return chain;
    }

    private static List<Thrown> go(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        Thrown current = null;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (current == null) {
                boolean panic = line.startsWith("panic: ");
                if (panic || line.startsWith("fatal error: ")) {
                    int from = line.indexOf(": ");
                    current = next(chain, new Thrown(panic ? "panic" : "fatal error", line.substring(from + 2)));
                }
            } else if (i + 1 < lines.length
                    && lines[i + 1].startsWith("\t")
                    && !line.isBlank()
                    && !line.startsWith("\t")) {
                current.frames().add(Frame.go(line, lines[i + 1]));
            } else if (line.isBlank() && !current.frames().isEmpty()) {
                break;
            }
        }
        return chain;
    }
}
