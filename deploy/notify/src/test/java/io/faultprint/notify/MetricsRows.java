package io.faultprint.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stage's own metrics, as {@code deploy/METRICS.md} lists them and as a scrape shows them: type and labels by name. */
final class MetricsRows {

    private static final Pattern ROW = Pattern.compile("\\| `(faultprint_notify_\\w+)` \\| (\\w+) \\|([^|]*)\\|.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (faultprint_notify_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(faultprint_notify_\\w+)\\{(.*)} (\\S+)");

    private MetricsRows() {}

    static Map<String, String> documented() {
        Map<String, String> rows = new TreeMap<>();
        for (String line : read("deploy/METRICS.md").lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2) + " " + row.group(3).strip());
            }
        }
        return rows;
    }

    static Map<String, String> scraped(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> rows = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                String labels = String.join(
                        ", ",
                        Arrays.stream(sample.group(2).split(",", -1))
                                .map(label -> label.substring(0, label.indexOf('=')))
                                .sorted(java.util.Comparator.reverseOrder())
                                .toList());
                rows.put(sample.group(1), types.get(sample.group(1)) + " " + labels);
            }
        }
        return rows;
    }

    /** The sum of the samples whose labels have these values. */
    static double value(String text, String name, String... values) {
        return text.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .filter(sample -> sample.group(1).equals(name)
                        && Arrays.stream(values)
                                .allMatch(value -> sample.group(2).contains('"' + value + '"')))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
                .sum();
    }

    static String read(String file) {
        try {
            return Files.readString(Path.of(System.getProperty("faultprint.root", "../.."), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
