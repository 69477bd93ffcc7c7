package io.faultprint.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioExportTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Settings QUICK = new Settings(7, 40, 30, 20, 2, 0);
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        write("a", QUICK);
        write("b", QUICK);
        write("c", new Settings(8, 40, 30, 20, 2, 0));

        for (String file : List.of("telemetry.otlp.jsonl", "faults.json")) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
            assertThat(Files.mismatch(
                            folder.resolve("a").resolve(file),
                            folder.resolve("c").resolve(file)))
                    .isNotNegative();
        }
    }

    @Test
    void linesAreOtlpJsonAsTheCollectorWritesIt() throws IOException {
        ScenarioExport.Written written = write("a", QUICK);

        Map<String, String> items = Map.of(
                "resourceLogs", "scopeLogs/logRecords",
                "resourceSpans", "scopeSpans/spans",
                "resourceMetrics", "scopeMetrics/metrics");
        long logs = 0;
        long spans = 0;
        for (String line : Files.readAllLines(written.telemetry())) {
            JsonNode root = json.readTree(line);
            assertThat(root.size()).isEqualTo(1);
            String kind = root.fieldNames().next();
            if (kind.equals("changes")) {
                assertThat(root.get(kind))
                        .allSatisfy(change -> assertThat(
                                        Instant.parse(change.get("time").asText()))
                                .isAfterOrEqualTo(START));
                continue;
            }
            String[] path = items.getOrDefault(kind, "").split("/", 2);
            for (JsonNode sender : root.get(kind)) {
                assertThat(sender.at("/resource/attributes/0/key").asText()).isEqualTo("service.name");
                for (JsonNode item : sender.get(path[0]).get(0).get(path[1])) {
                    switch (kind) {
                        case "resourceLogs" -> {
                            logs++;
                            assertThat(item.get("timeUnixNano").isTextual()).isTrue();
                            assertThat(item.at("/body/stringValue").asText()).isNotBlank();
                        }
                        case "resourceSpans" -> {
                            spans++;
                            assertThat(item.get("traceId").asText()).matches("[0-9a-f]{32}");
                            assertThat(item.get("spanId").asText()).matches("[0-9a-f]{16}");
                            assertThat(Long.parseLong(
                                            item.get("endTimeUnixNano").asText()))
                                    .isGreaterThanOrEqualTo(Long.parseLong(
                                            item.get("startTimeUnixNano").asText()));
                        }
                        default ->
                            assertThat(item.has("gauge") || item.has("sum") || item.has("histogram"))
                                    .isTrue();
                    }
                }
            }
        }
        assertThat(logs).isEqualTo(written.logs()).isPositive();
        assertThat(spans).isEqualTo(written.spans()).isPositive();
    }

    @Test
    void theTruthNamesTimeServiceTypeAndWhereItShows() throws IOException {
        JsonNode truth = json.readTree(Files.readAllBytes(write("a", QUICK).truth()));

        assertThat(truth).hasSize(2);
        for (JsonNode fault : truth) {
            assertThat(Instant.parse(fault.get("time").asText())).isAfter(START.plusSeconds(39));
            assertThat(fault.get("type").asText()).isNotBlank();
            assertThat(fault.get("signs")).isNotEmpty().allSatisfy(sign -> {
                assertThat(Instant.parse(sign.get("from").asText()))
                        .isAfterOrEqualTo(Instant.parse(fault.get("time").asText()));
                assertThat(sign.get("what").asText()).isNotBlank();
            });
            assertThat(fault.get("category").asText()).isNotBlank();
            assertThat(fault.get("visible"))
                    .extracting(JsonNode::asText)
                    .contains(fault.get("service").asText());
        }
        assertThat(truth.get(1).get("recurs").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "perform | scenario perform: must be: list, or: export [NAME]",
                "play | --to : must be where ingest listens",
                "play --to ingest:4318 | --to ingest:4318: must be where ingest listens",
                "play --to http://a:1 --out x | --out: is not for play",
                "export --out x --to http://a:1 | --to: is not for export",
                "export | --out: missing",
                "export --minutes ten --out x | --minutes ten: must be a whole number",
                "export --minutes 0 --out x | --minutes 0: must be from 1",
                "export --rate fast --out x | --rate fast: must be requests per second",
                "export --rate -1 --out x | --rate -1.0: must be from 0",
                "export --start noon --out x | --start noon: must be like 2026",
                "export slow-databas --out x | scenario slow-databas: not bundled: must be one of shop, market, bad-configuration",
                "export shop --scenario y --out x | --scenario y: must not stand beside the name shop",
                "export slow-database --minutes 5 --out x | --minutes 5: the story of slow-database needs 20",
                "run slow-database | --to : must be where ingest listens",
                "list --seed 3 | --seed: is not for list",
                "export --colour red | --colour: unknown or without a value",
                "export --out | --out: unknown or without a value",
            })
    void aMistakeOnTheCommandLineIsNamedAndExitsWithTwo(String line, String complaint) {
        var err = new ByteArrayOutputStream();

        int code =
                ScenarioMain.run(line.split(" ", -1), System.out, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("faultprint: ")
                .contains(complaint);
    }

    @Test
    void theListShowsEveryScenarioWithItsFaults() {
        var out = new ByteArrayOutputStream();

        int code =
                ScenarioMain.run(new String[] {"list"}, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1 + Scenario.bundledNames().size())
                .anyMatch(line -> line.matches("shop +any +a deck of 8 kinds +A web shop.*"))
                .anyMatch(line -> line.matches("slow-query +20 +slow-query +One query.*"))
                .anyMatch(line -> line.matches("healthy-day +1440 +none +A whole day.*"));
    }

    private ScenarioExport.Written write(String name, Settings settings) throws IOException {
        return ScenarioExport.write(Scenario.shop(), settings, START, 150, folder.resolve(name), false);
    }
}
