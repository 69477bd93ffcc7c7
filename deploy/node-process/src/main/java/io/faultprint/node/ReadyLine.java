package io.faultprint.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only line that a node writes to its standard output: it can serve now, on this port of 127.0.0.1.
 *
 * @param port the port that clients use
 */
public record ReadyLine(int port) {

    private static final Pattern FORM = Pattern.compile("READY \\{\"port\":(\\d{1,5})}");

    /** The line, without its end. */
    public String text() {
        return "READY {\"port\":" + port + "}";
    }

    /** Reads a line back; empty when it is something else. */
    public static Optional<ReadyLine> parse(String line) {
        Matcher matcher = FORM.matcher(line);
        return matcher.matches() ? Optional.of(new ReadyLine(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }
}
