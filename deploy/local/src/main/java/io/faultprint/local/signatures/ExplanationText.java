package io.faultprint.local.signatures;

import io.faultprint.correlate.signature.Explanation;
import io.faultprint.local.show.Style;
import io.faultprint.local.show.Table;
import java.util.ArrayList;
import java.util.List;

/** An explanation for a person at a terminal. */
public final class ExplanationText {

    private static final int LONGEST = 100;

    private ExplanationText() {}

    /** Lines of text, headings bold where the style has bold. */
    public static List<String> lines(Explanation explanation, Style style) {
        List<String> lines = new ArrayList<>();
        if (!explanation.header().isEmpty()) {
            Table header = new Table("set apart", "what");
            explanation.header().forEach(part -> header.row(part.kind(), shown(part.text())));
            lines.addAll(header.lines(style));
            lines.add("");
        }
        if (!explanation.variables().isEmpty()) {
            Table variables = new Table("became", "by its", "text");
            explanation
                    .variables()
                    .forEach(variable -> variables.row(variable.placeholder(), variable.why(), shown(variable.text())));
            lines.addAll(variables.lines(style));
            lines.add("");
        }
        if (!explanation.masked().text().isEmpty()) {
            lines.add(style.bold("masked") + "     "
                    + visible(explanation.masked().text()));
            lines.add(style.bold("hash") + "       "
                    + Long.toHexString(explanation.masked().hash()));
        }
        lines.add(style.bold("path") + "       " + explanation.path().words());
        explanation.signature().ifPresent(signature -> {
            lines.add(style.bold("signature") + "  " + signature.id());
            lines.add(style.bold("template") + "   " + visible(signature.template()));
        });
        explanation.nearest().ifPresent(nearest -> {
            lines.add("");
            lines.add(style.bold("nearest") + "    " + nearest.template().id() + "  "
                    + visible(nearest.template().template()));
            lines.add(style.bold("differs in") + " " + visible(String.join(", ", nearest.differences())));
        });
        return lines;
    }

    private static String shown(String text) {
        String visible = visible(text);
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST - 1) + "…";
    }

    /** Control characters would move the cursor, or worse; they are shown as escapes. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                visible.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }
}
