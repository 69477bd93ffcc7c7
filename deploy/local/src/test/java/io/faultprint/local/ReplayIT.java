package io.faultprint.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.evaluate.core.DirectReplay;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.local.dashboards.FilledDashboards;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.replay.Gathered;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Faultprint on a real broker and a real OpenSearch node, driven by a recording of the shop. */
class ReplayIT {

    @TempDir
    Path directory = Path.of("");

    @Test
    void twoReplaysOfOneRecordingGiveTheSameRevisionsByteForByte() throws IOException {
        Path recording = recording();
        Path first = directory.resolve("first.jsonl");
        Path second = directory.resolve("second.jsonl");

        Command one = replay(recording, first, "one");
        Command two = replay(recording, second, "two");

        assertThat(one.err()).isEmpty();
        assertThat(one.code()).isEqualTo(ExitCode.OK);
        assertThat(two.code()).isEqualTo(ExitCode.OK);
        assertThat(one.out())
                .contains("Where every event went:", "dead-lettered for ")
                .doesNotContain("DOES NOT HOLD");
        assertThat(Files.readString(first)).isEqualTo(Files.readString(second));
        assertThat(Files.readAllLines(first)).isNotEmpty();
        assertThat(withoutDiagnoses(first)).isEqualTo(withoutABroker(recording));
        String run = readBack(one, first);
        try (NodeProcess node = NodeProcess.start(Nodes.here()
                .openSearchSpec(DataDirectory.at(directory.resolve("one")).openSearch()))) {
            FilledDashboards.check(node.address(), "faultprint-" + run);
        }
    }

    /** What was written to the file is also in OpenSearch, which is started again for the question. */
    private String readBack(Command replay, Path written) throws IOException {
        Matcher run = Pattern.compile("--run (replay-\\d+-\\d+)").matcher(replay.out());
        assertThat(run.find()).isTrue();
        List<String> lines = Files.readAllLines(written);
        String id = lines.get(0).replaceFirst(".*\"incident\":\"(inc1-[0-9a-f]{16})\".*", "$1");
        String data = directory.resolve("one").toString();

        Command table = Command.run("incidents", "--run", run.group(1), "--data", data);
        Command json = Command.run("incident", id, "--json", "--run", run.group(1), "--data", data);

        assertThat(table.code()).as(table.err()).isEqualTo(ExitCode.OK);
        assertThat(table.out()).contains(id);
        assertThat(json.out().lines())
                .containsExactlyElementsOf(lines.stream()
                        .filter(line -> line.contains("\"incident\":\"" + id))
                        .filter(line -> line.startsWith("{\"incident\":\"" + id))
                        .toList());
        return run.group(1);
    }

    private static List<String> withoutDiagnoses(Path written) throws IOException {
        return Files.readAllLines(written).stream()
                .map(line -> line.replaceFirst("\"diagnosis\":(null|\\{.*})}$", "\"diagnosis\":null}"))
                .toList();
    }

    /** What an evaluation says of the same recording. */
    private static List<String> withoutABroker(Path recording) {
        CorrelateConfig config = ConfigLoader.of(CorrelateConfig.class, Map.of("run.id", "evaluation"));
        Gathered gathered = new Gathered();
        new DirectReplay(config, new TokenKey(TokenKey.LOCAL))
                .run(List.of(recording), progress -> {})
                .revisions()
                .forEach(gathered::hear);
        return gathered.lines();
    }

    private Command replay(Path recording, Path out, String data) {
        return Command.run(
                "replay",
                recording.toString(),
                "--incidents",
                out.toString(),
                "--data",
                directory.resolve(data).toString());
    }

    private Path recording() throws IOException {
        Path telemetry = Recordings.shop(directory.resolve("shop"));
        // One line that nothing can be made of, so that there is a dead letter to be seen.
        try (OutputStream end = new GZIPOutputStream(Files.newOutputStream(telemetry, StandardOpenOption.APPEND))) {
            end.write("{\"resourceLogs\":17}\n".getBytes(UTF_8));
        }
        return telemetry;
    }
}
