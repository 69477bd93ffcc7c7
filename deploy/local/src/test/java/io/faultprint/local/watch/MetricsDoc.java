package io.faultprint.local.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics as {@code deploy/METRICS.md} lists them, and as a scrape shows them. */
final class MetricsDoc {

    static final Path DEPLOY = Path.of(System.getProperty("faultprint.root", "../.."), "deploy");

    private static final Pattern ROW =
            Pattern.compile("\\| `(faultprint_\\w+)` \\| (\\w+) \\|([^|]*)\\|([^|]+)\\|([^|]*)\\|");
    private static final Pattern TYPE = Pattern.compile("# TYPE (faultprint_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(faultprint_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private MetricsDoc() {}

    /** "type labels" by name, of the chapter for a stage and the one for all stages. */
    static Map<String, String> documented(String stage) {
        Map<String, String> rows = new TreeMap<>();
        String chapter = "";
        for (String line : read(DEPLOY.resolve("METRICS.md")).lines().toList()) {
            if (line.startsWith("## ")) {
                chapter = line.substring(3);
            }
            Matcher row = ROW.matcher(line);
            if (row.matches() && (chapter.equals(stage) || chapter.equals("All stages"))) {
                Set<String> labels = Pattern.compile(", *")
                        .splitAsStream(row.group(3).strip())
                        .filter(label -> !label.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
                rows.put(row.group(1), row.group(2) + " " + labels);
            }
        }
        return rows;
    }

    /** The same of what {@code /metrics} answered. */
    static Map<String, String> scraped(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                Set<String> seen = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    seen.add(label.group(1));
                }
            }
        }
        Map<String, String> rows = new TreeMap<>();
        types.forEach((name, type) -> rows.put(name, type + " " + labels.getOrDefault(name, Set.of())));
        return rows;
    }

    /** The value of a metric with these labels, given as they are written; the sum over all that match. */
    static double value(String text, String name, String... labels) {
        double sum = 0;
        for (String line : text.lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches() && sample.group(1).equals(name)) {
                String found = sample.group(2) == null ? "" : sample.group(2);
                if (Set.of(labels).stream().allMatch(found::contains)) {
                    sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                }
            }
        }
        return sum;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
