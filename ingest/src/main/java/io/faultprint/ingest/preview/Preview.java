package io.faultprint.ingest.preview;

import java.util.List;

/**
 * What would become of some records.
 *
 * @param records how many were looked at
 * @param events how many events they hold
 * @param refused how many records or events would become dead letters
 * @param fields how each field maps, the commonest first
 * @param problems what is wrong, the worst first
 */
public record Preview(int records, int events, int refused, List<Row> fields, List<Problem> problems) {

    public Preview {
        fields = List.copyOf(fields);
        problems = List.copyOf(problems);
    }

    /**
     * One field.
     *
     * @param where what it becomes
     * @param share of records or events that have it, 0 to 1
     * @param example one of its values, redacted and cut
     */
    public record Row(String field, String where, double share, String example) {}

    /**
     * Something wrong.
     *
     * @param what with its share, one line
     * @param lines for ingest's configuration file, as they stand; each mends it by itself
     * @param elsewhere what else would, in words
     */
    public record Problem(String what, List<String> lines, List<String> elsewhere) {
        public Problem {
            lines = List.copyOf(lines);
            elsewhere = List.copyOf(elsewhere);
        }
    }
}
