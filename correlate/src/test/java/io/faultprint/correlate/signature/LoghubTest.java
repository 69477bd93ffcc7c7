package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Real logs with labels, where there are any: {@code -Dfaultprint.loghub=DIR}, whose folders hold Loghub's {@code
 * *_structured_corrected.csv}. Not part of the repository (their licence is for research), so skipped without them.
 */
class LoghubTest {

    @Test
    void oneSettingGroupsTheLogsOfManySystems() throws IOException {
        String directory = System.getProperty("faultprint.loghub", "");
        assumeTrue(
                !directory.isEmpty(), "skipped: no labelled logs; name their directory with -Dfaultprint.loghub=DIR");

        List<Grouping> groupings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file : files.filter(path -> path.toString().endsWith("_structured_corrected.csv"))
                    .sorted()
                    .toList()) {
                Grouping grouping = group(file);
                System.out.printf("%s GA=%.4f FGA=%.4f%n", file.getFileName(), grouping.accuracy(), grouping.f1());
                groupings.add(grouping);
            }
        }

        assertThat(groupings).isNotEmpty();
        assertThat(groupings.stream().mapToDouble(Grouping::accuracy).average().orElse(0))
                .as("mean GA")
                .isGreaterThan(0.97);
        assertThat(groupings.stream().mapToDouble(Grouping::f1).average().orElse(0))
                .as("mean FGA")
                .isGreaterThan(0.93);
    }

    private static Grouping group(Path file) throws IOException {
        List<List<String>> rows = rows(Files.readString(file));
        int content = rows.get(0).indexOf("Content");
        int event = rows.get(0).indexOf("EventId");
        List<List<String>> lines = rows.subList(1, rows.size());
        LineSigner signer = new LineSigner(SignatureLimits.DEFAULT);
        List<String> found =
                lines.stream().map(row -> signer.sign(row.get(content))).toList();
        return Grouping.score(lines.stream().map(row -> row.get(event)).toList(), found);
    }

    /** Comma-separated values as RFC 4180 has them. */
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                field.append(c);
            } else if (c != '\r') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        if (!row.isEmpty()) {
            row.add(field.toString());
            rows.add(row);
        }
        return rows;
    }
}
