package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stack traces of Java, Python, Node, .NET, Go and Rust into chains of exceptions, the outermost first. */
final class StackTraces {

    private static final int LONGEST_CHAIN = 16;
    private static final int MOST_LINES = 2_000;
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String GOROUTINE = "\ngoroutine ";
    private static final String PANICKED = "' panicked at ";
    /** Rust's error reports list causes below this line. */
    private static final String CAUSES = "\nCaused by:\n";

    private static final String CAUSED_BY = "Caused by: ";
    private static final String IN_THREAD = "Exception in thread \"";
    private static final String NODE_CAUSE = "[cause]: ";
    private static final String SECOND_OF_GROUP = "+---------------- 2 ";
    private static final int SHORTEST_ESCAPED = 60;

    private StackTraces() {}

    /** Whether a text holds a stack trace; cheap for lines that do not. */
    static boolean in(String text) {
        if (text.indexOf('\n') < 0) {
            return text.length() > SHORTEST_ESCAPED && escaped(text) && in(unescaped(text));
        }
        return text.contains("\tat ")
                || text.contains("   at ")
                || text.contains(TRACEBACK)
                || text.contains(GOROUTINE)
                || text.contains(PANICKED)
                || text.contains(CAUSES)
                || (text.contains(".go:") && text.contains("\n\t/"));
    }

    /** The chain in a text; empty when no exception is found there. */
    static List<Thrown> read(String text) {
        if (text.indexOf('\n') < 0 && escaped(text)) {
            return read(unescaped(text));
        }
        String[] lines = text.split("\r?\n", MOST_LINES);
        if (text.contains(TRACEBACK)) {
            return python(lines);
        }
        if (text.contains(PANICKED) || text.contains(CAUSES)) {
            return RustTraces.read(lines);
        }
        boolean at = text.contains("\tat ") || text.contains("   at ");
        return !at && (text.contains(GOROUTINE) || text.contains(".go:")) ? GoTraces.read(lines) : at(lines);
    }

    /** Whether line feeds stand in a line as JSON or syslog writes them. */
    private static boolean escaped(String text) {
        return (text.indexOf('\\') >= 0 && text.contains("\\n")) || text.contains("#012");
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\"", "\"")
                .replace("#012", "\n")
                .replace("#011", "\t");
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
            } else if (text.startsWith("---> ") || text.startsWith(NODE_CAUSE)) {
                current = next(chain, Thrown.header(withoutNumber(text.substring(text.indexOf(' ') + 1))));
            } else if (text.startsWith("--- End of inner")) {
                current = chain.isEmpty() ? null : chain.get(Math.max(0, chain.indexOf(current) - 1));
            } else if (!frames) {
                current = header(chain, current, text);
            }
        }
        return chain;
    }

    /** {@code (Inner Exception #0) } says which of several it is. */
    private static String withoutNumber(String header) {
        int close = header.startsWith("(Inner Exception #") ? header.indexOf(") ") : -1;
        return close < 0 ? header : header.substring(close + 2);
    }

    /** Before the first frame: log text, the exception's header, or more lines of its message. */
    private static @Nullable Thrown header(List<Thrown> chain, @Nullable Thrown current, String text) {
        if (current != null) {
            current.say(text);
            return current;
        }
        int thread = text.startsWith(IN_THREAD) ? text.indexOf("\" ", IN_THREAD.length()) + 2 : 0;
        String said = text.substring(Math.max(0, thread));
        int type = typeIn(said);
        if (type < 0) {
            return null;
        }
        Thrown last = null;
        for (String part : said.substring(type).split(" ---> ", LONGEST_CHAIN)) {
            last = next(chain, Thrown.header(part));
        }
        return last;
    }

    static Thrown next(List<Thrown> chain, Thrown thrown) {
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
            boolean closed = end == text.length()
                    || text.charAt(end) == ':'
                    || text.startsWith(" --->", end)
                    || text.startsWith(" [", end);
            boolean named = word.endsWith("Exception") || word.endsWith("Error") || word.endsWith("Throwable");
            boolean qualified = word.indexOf('.') > 0 && start == 0;
            if (closed && (named || qualified) && (start == 0 || word.length() > "Error".length())) {
                return start;
            }
            start = Math.max(end, start + 1);
        }
        return -1;
    }

    /** Exception groups draw a margin; of their members the first stands for all, since their number varies. */
    private static String withoutMargin(String line) {
        String text = line.stripLeading();
        boolean margin = text.startsWith("| ") || text.startsWith("+ ");
        return margin ? text.substring(2) : text.startsWith("+-") ? text : line;
    }

    private static List<Thrown> python(String[] lines) {
        List<Thrown> chain = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        boolean within = false;
        for (String margined : lines) {
            String line = withoutMargin(margined);
            if (line.startsWith(SECOND_OF_GROUP)) {
                break;
            }
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
}
