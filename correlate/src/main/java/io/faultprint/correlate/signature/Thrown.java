package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.List;

/** One exception of a chain: its type, what it said, and its frames, the throwing one first. */
final class Thrown {

    private final String type;
    private final StringBuilder message;
    private final List<Frame> frames = new ArrayList<>();

    Thrown(String type, String message) {
        this.type = type;
        this.message = new StringBuilder(message);
    }

    /** {@code java.io.IOException: gone}, {@code Error [ERR_GONE]: gone} and the like; without a colon, all of it is the type. */
    static Thrown header(String line) {
        String header = line.strip();
        int colon = header.indexOf(": ");
        int space = header.indexOf(' ');
        boolean coded =
                space > 0 && space < colon && header.charAt(space + 1) == '[' && header.charAt(colon - 1) == ']';
        if (colon > 0 && (space > colon || coded)) {
            return new Thrown(header.substring(0, colon), header.substring(colon + 2));
        }
        return header.endsWith(":") ? new Thrown(header.substring(0, header.length() - 1), "") : new Thrown(header, "");
    }

    String type() {
        return type;
    }

    String message() {
        return message.toString();
    }

    List<Frame> frames() {
        return frames;
    }

    void say(String more) {
        message.append(' ').append(more);
    }
}
