package io.faultprint.evaluate.truth;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Log lines with the group that each belongs to: a CSV file with a header and the columns {@value #LINE} and
 * {@value #GROUP}, as loghub's structured files have them.
 *
 * @param lines in the order of the file
 * @param groups of each line
 */
public record LabelledLines(List<String> lines, List<String> groups) {

    private static final String LINE = "Content";
    private static final String GROUP = "EventId";

    /**
     * Reads a file.
     *
     * @throws UsageError when it cannot be read, or lacks a column
     */
    public static LabelledLines of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageError(file + ": there is no such file");
        }
        List<String> lines = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file.toFile())) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                String line = row.get(LINE);
                String group = row.get(GROUP);
                if (line == null || group == null) {
                    throw new UsageError(
                            file + ", row " + (lines.size() + 1) + ": has no " + (line == null ? LINE : GROUP)
                                    + "; the file needs a header with the columns " + LINE + " and " + GROUP);
                }
                lines.add(line);
                groups.add(group);
            }
        } catch (IOException e) {
            throw new UsageError(file + ": cannot be read as CSV: " + e.getMessage(), e);
        }
        return new LabelledLines(List.copyOf(lines), List.copyOf(groups));
    }
}
