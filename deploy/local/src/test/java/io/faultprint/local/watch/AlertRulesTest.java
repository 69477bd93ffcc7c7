package io.faultprint.local.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules speak of metrics that there are, and promtool takes them and finds that they fire. */
class AlertRulesTest {

    private static final Path RULES = MetricsDoc.DEPLOY.resolve("prometheus/faultprint-alerts.yml");

    @Test
    void everyMetricAndLabelInTheRulesIsDocumented() {
        Map<String, String> documented = new TreeMap<>();
        Stream.of("ingest", "correlate", "diagnose", "notify")
                .forEach(stage -> documented.putAll(MetricsDoc.documented(stage)));
        String rules = MetricsDoc.read(RULES);
        Set<String> used = new TreeSet<>();
        Matcher name = Pattern.compile("(faultprint_\\w+)(\\{(\\w+)=)?").matcher(rules);
        while (name.find()) {
            used.add(name.group(1));
            assertThat(documented).as(RULES.toString()).containsKey(name.group(1));
            if (name.group(3) != null) {
                assertThat(documented.get(name.group(1))).as(name.group()).contains(name.group(3));
            }
        }

        assertThat(used).hasSizeGreaterThan(10);
    }

    @Test
    void promtoolTakesTheRulesAndTheyFireWhenTheyShould() throws Exception {
        assumeTrue(
                onPath("promtool"),
                "promtool is not installed, so the alert rules are not checked: apt-get install prometheus");

        long alerts = Files.readAllLines(RULES).stream()
                .filter(line -> line.strip().startsWith("- alert:"))
                .count();
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS: " + alerts + " rules found");
        assertThat(promtool(
                        "test",
                        "rules",
                        RULES.resolveSibling("faultprint-alerts-test.yml").toString()))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    private static boolean onPath(String program) {
        return Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String promtool(String... args) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.of("promtool"), Stream.of(args)).toArray(String[]::new);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
