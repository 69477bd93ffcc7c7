package io.faultprint.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document against the sources, also where {@code WatchIT} scrapes nothing: models, foreign topics, notify. */
class MetricsDocTest {

    private static final List<String> STAGES = List.of("schemas", "ingest", "correlate", "diagnose", "deploy/notify");
    private static final Pattern WRITTEN = Pattern.compile("\"(faultprint(?:\\.[a-z]+)+)\"");
    private static final String SUFFIX = "(_(seconds|bytes|records|documents|calls|lines))?(_total)?";

    @Test
    void everyMetricStandsOnceAndNoChapterTwice() {
        assertThat(rows()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(lines().filter(line -> line.startsWith("## "))).doesNotHaveDuplicates();
    }

    @Test
    void everyMetricOfTheCodeIsInTheDocument() throws IOException {
        Set<String> written = new TreeSet<>();
        Matcher name = WRITTEN.matcher(sources());
        while (name.find()) {
            written.add(name.group(1).replace('.', '_'));
        }

        assertThat(written).hasSizeGreaterThan(30);
        assertThat(written)
                .allSatisfy(metric -> assertThat(rows())
                        .as(metric)
                        .filteredOn(row -> row.matches(metric + SUFFIX))
                        .hasSize(1));
    }

    /** Some names are put together of two parts; the second one is then written by itself. */
    @Test
    void everyMetricOfTheDocumentIsInTheCode() throws IOException {
        String sources = sources();

        assertThat(rows()).allSatisfy(row -> {
            String name = row.replaceFirst(SUFFIX + "$", "");
            assertThat(Stream.of(name, row, row.replaceFirst("_total$", ""))
                            .map(it -> it.replace('_', '.'))
                            .flatMap(it -> Stream.of(
                                    it,
                                    it.replaceFirst("^faultprint\\.", ""),
                                    it.replaceFirst("^faultprint\\.[a-z]+\\.", ""))))
                    .as(row)
                    .anyMatch(it -> sources.contains("\"" + it + "\""));
        });
    }

    private static List<String> rows() {
        return lines().map(Pattern.compile("\\| `(faultprint_\\w+)` \\|.*")::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
    }

    private static Stream<String> lines() {
        return MetricsDoc.read(MetricsDoc.DEPLOY.resolve("METRICS.md")).lines();
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String stage : STAGES) {
            Path main = MetricsDoc.DEPLOY.resolve("..").resolve(stage).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(main)) {
                all.append(files.filter(file -> file.toString().endsWith(".java"))
                        .map(MetricsDoc::read)
                        .collect(Collectors.joining()));
            }
        }
        return all.toString();
    }
}
