package io.faultprint.local.show;

import java.util.ArrayList;
import java.util.List;

/**
 * How text looks on a terminal.
 *
 * @param colour false writes plain text
 * @param width columns, at least 40
 */
public record Style(boolean colour, int width) {

    private static final int LABEL = 10;
    private static final String INDENT = " ".repeat(LABEL + 2);

    /** No colours, 80 columns: for files, pipes and tests. */
    public static final Style PLAIN = new Style(false, 80);

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    /** For what is wrong now. */
    public String bad(String text) {
        return paint("31", text);
    }

    /** For what is over. */
    public String good(String text) {
        return paint("32", text);
    }

    /** For what has been seen before, and for what is still being learned. */
    public String note(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The text in one line of at most this style's width. */
    public String fit(String text) {
        return cut(text, width - 1);
    }

    /** The text in at most {@code columns} characters, with an ellipsis for what is left out. */
    public static String cut(String text, int columns) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= columns
                ? line
                : line.substring(0, Math.max(1, columns - 1)).stripTrailing() + "…";
    }

    /** The text broken at blanks into lines of at most {@code columns} characters. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * A labelled paragraph: the label in a column of its own, the text wrapped beside it.
     *
     * <pre>  why       payment says "timed out"
     *            for the first time</pre>
     */
    public List<String> paragraph(String label, String text) {
        List<String> lines = new ArrayList<>();
        for (String line : wrap(text, width - INDENT.length() - 1)) {
            String head = lines.isEmpty() ? "  " + padded(label) : INDENT;
            lines.add(lines.isEmpty() ? dim(head) + line : head + line);
        }
        return lines;
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(1, LABEL - label.length()));
    }
}
