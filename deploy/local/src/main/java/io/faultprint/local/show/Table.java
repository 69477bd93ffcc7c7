package io.faultprint.local.show;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, columns as wide as their widest cell; the last column gives way when the line is too long. */
public final class Table {

    /** A last column narrower than this says nothing; better a long line. */
    private static final int LEAST = 40;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heading) {
        rows.add(List.of(heading));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines; the heading is bold. */
    public List<String> lines(Style style) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            line.append(Style.cut(row.get(columns - 1), Math.max(LEAST, style.width() - line.length() - 1)));
            String text = line.toString().stripTrailing();
            lines.add(lines.isEmpty() ? style.bold(text) : text);
        }
        return lines;
    }
}
