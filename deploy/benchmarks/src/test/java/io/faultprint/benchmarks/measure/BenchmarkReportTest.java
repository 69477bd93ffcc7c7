package io.faultprint.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReportTest {

    private static final HostFacts HOST = new HostFacts(2, 8L << 30, 1L << 30, "Linux", "17", 0.5, 1.5);

    @TempDir
    private Path folder;

    @Test
    void itIsOneJsonDocument() throws IOException {
        Result result = new Result(
                List.of(new Measure("signals", "events/s", List.of(100.0, 120.0, 110.0))),
                List.of(
                        new Comparison("signals / copy", List.of(0.5, 0.52, 0.51)),
                        new Comparison("signals / nothing", List.of(1.0, 2.0, 3.0))));
        Path file = folder.resolve("report.json");

        new BenchmarkReport(Instant.EPOCH, 3, 1_000, HOST, Map.of("correlate", result)).write(file);

        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertThat(root.get("what").asText()).isEqualTo("benchmark");
        assertThat(root.get("began").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(root.get("rounds").asInt()).isEqualTo(3);
        assertThat(root.get("events").asInt()).isEqualTo(1_000);
        assertThat(root.get("host")).isEqualTo(new ObjectMapper().readTree("""
                {"cores": 2, "memoryBytes": 8589934592, "heapBytes": 1073741824, "os": "Linux", "java": "17",
                 "loadAtStart": 0.5, "loadAtEnd": 1.5}"""));
        assertThat(root.get("benchmarks")).isEqualTo(new ObjectMapper().readTree("""
                {"correlate": {
                   "measures": [{"name": "signals", "unit": "events/s", "median": 110.0, "least": 100.0, "most": 120.0,
                     "spread": 0.1818, "values": [100.0, 120.0, 110.0]}],
                   "comparisons": [
                     {"name": "signals / copy", "median": 0.51, "least": 0.5, "most": 0.52, "spread": 0.0392,
                      "values": [0.5, 0.52, 0.51], "verdict": 0.51},
                     {"name": "signals / nothing", "median": 2.0, "least": 1.0, "most": 3.0, "spread": 1.0,
                      "values": [1.0, 2.0, 3.0], "verdict": null, "why": "no verdict: spread 100 %"}]}}"""));
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforehand() throws IOException {
        Path missing = folder.resolve("nowhere/report.json");

        assertThatThrownBy(() -> BenchmarkReport.check(missing))
                .isInstanceOf(UsageError.class)
                .hasMessage("--report " + missing + ": there is no folder " + missing.getParent()
                        + "; make it, or give another file");
        assertThatThrownBy(() -> BenchmarkReport.check(folder))
                .hasMessage("--report " + folder + ": is a directory; give a file");
        BenchmarkReport.check(folder.resolve("report.json"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theMachineIsDescribed() {
        HostFacts host = HostFacts.now();

        assertThat(host.cores()).isPositive();
        assertThat(host.memoryBytes()).isGreaterThan(host.heapBytes() / 2);
        assertThat(host.java()).startsWith(System.getProperty("java.runtime.version"));
        assertThat(host.ended().loadAtStart()).isEqualTo(host.loadAtStart());
        assertThat(HOST.words())
                .isEqualTo("2 cores, 8 GiB (heap 1.0), Linux, Java 17, load 0.5 at the start and 1.5 at the end");
    }
}
