package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aBenchmarkEndsInATableAndOneJsonDocumentAndLeavesNothingBehind() throws IOException {
        Path data = folder.resolve("data");
        Path report = folder.resolve("report.json");

        Command command = Command.run(
                "benchmark", "state", "--events", "1000", "--data", data.toString(), "--report", report.toString());

        assertThat(command.code()).as(command.err()).isEqualTo(ExitCode.OK);
        assertThat(command.out()).contains("state: bytes", "MEDIAN", "metric series", "cores");
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        JsonNode measures = json.at("/benchmarks/state/measures");
        assertThat(measures.findValuesAsText("name"))
                .containsExactly("service", "metric series", "signature", "cluster");
        assertThat(measures.findValues("median")).allMatch(median -> median.asDouble() > 40);
        assertThat(json.at("/host/cores").asInt()).isPositive();
        assertThat(data.resolve("evaluate")).isEmptyDirectory();
    }

    @Test
    void theListNamesEachAndMeasuresNothing() {
        Command command = Command.run("benchmark", "--list");

        assertThat(command.code()).isEqualTo(ExitCode.OK);
        assertThat(command.out())
                .contains("correlate", "latency", "restore", "state")
                .doesNotContain("MEDIAN");
    }
}
