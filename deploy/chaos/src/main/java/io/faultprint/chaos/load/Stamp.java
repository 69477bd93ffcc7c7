package io.faultprint.chaos.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells one event from all others: who sent it, and which of its events it was.
 *
 * @param sender the sender's name, such as {@code s1}
 * @param sequence from 1, in the order in which the sender made them
 */
public record Stamp(String sender, long sequence) {

    /** The attribute of logs and spans that carries it. */
    public static final String ATTRIBUTE = "stamp";

    private static final Pattern FORM = Pattern.compile("([a-z]+[0-9]+)-([0-9]{1,15})");

    /** As it is written into an event. */
    public String text() {
        return sender + "-" + sequence;
    }

    /** Read back; empty for what is no stamp. */
    public static Optional<Stamp> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Stamp(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
