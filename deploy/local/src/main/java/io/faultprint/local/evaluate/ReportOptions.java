package io.faultprint.local.evaluate;

import io.faultprint.evaluate.report.Figure;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.report.Table;
import io.faultprint.runtime.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report goes, and what it is compared with. */
public final class ReportOptions {

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures here, as JSON.")
    private @Nullable Path file;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "A report of an earlier run: each figure shows how it differs.")
    private @Nullable Path baseline;

    /**
     * The figures of the baseline. Both files are looked at before any work is done, so that a mistake costs nothing.
     *
     * @throws UsageError when one cannot be read, or the other not be written
     */
    public Map<String, Double> before(String what) {
        if (file != null) {
            Path parent = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || parent == null || !Files.isWritable(parent)) {
                throw new UsageError("--report " + file + ": cannot be written; name a file in a folder that is there");
            }
        }
        return baseline == null ? Map.of() : Report.stored(baseline, what);
    }

    /** Writes a report where it was asked for. */
    public void write(Report report) {
        if (file != null) {
            report.write(file);
        }
    }

    /** The total, one figure a line, with its difference to the baseline. */
    public static List<String> total(Report report, Map<String, Double> before) {
        Table table = before.isEmpty()
                ? new Table("figure", "value", "of")
                : new Table("figure", "value", "of", "before", "difference");
        report.total().forEach((name, figure) -> {
            List<String> cells = new ArrayList<>(List.of(name, figure.words(), Long.toString(figure.of())));
            if (!before.isEmpty()) {
                Double then = before.get(name);
                cells.add(then == null ? "-" : number(then));
                cells.add(
                        then == null || Double.isNaN(figure.value())
                                ? "-"
                                : String.format(Locale.ROOT, "%+.3f", figure.value() - then));
            }
            table.row(cells);
        });
        return table.lines();
    }

    /** Some columns of each group. */
    public static List<String> groups(String first, Report report, List<String> columns) {
        List<String> names = new ArrayList<>(List.of(first, "n"));
        names.addAll(columns);
        Table table = new Table(names.toArray(String[]::new));
        report.groups().forEach((group, figures) -> {
            Figure one = Objects.requireNonNull(figures.get(columns.get(0)), columns.get(0));
            List<String> cells = new ArrayList<>(List.of(group, Long.toString(one.of())));
            for (String column : columns) {
                Figure figure = Objects.requireNonNull(figures.get(column), column);
                cells.add(Double.isNaN(figure.value()) ? "-" : number(figure.value()));
            }
            table.row(cells);
        });
        return table.lines();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : value < 10 ? "%.3f" : "%.1f", value);
    }
}
