package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Faultprint on a real broker and a real OpenSearch node, driven by a recording of the shop. */
class ReplayIT {

    @TempDir
    Path directory = Path.of("");

    @Test
    void twoReplaysOfOneRecordingGiveTheSameRevisionsByteForByte() throws IOException {
        Path recording = Recordings.shop(directory.resolve("shop"));
        Path first = directory.resolve("first.jsonl");
        Path second = directory.resolve("second.jsonl");

        Command one = replay(recording, first, "one");
        Command two = replay(recording, second, "two");

        assertThat(one.err()).isEmpty();
        assertThat(one.code()).isEqualTo(ExitCode.OK);
        assertThat(two.code()).isEqualTo(ExitCode.OK);
        assertThat(one.out()).contains("Where every event went:").doesNotContain("DOES NOT HOLD");
        assertThat(Files.readString(first)).isEqualTo(Files.readString(second));
        assertThat(Files.readAllLines(first)).isNotEmpty();
        readBack(one, first);
    }

    /** What was written to the file is also in OpenSearch, which is started again for the question. */
    private void readBack(Command replay, Path written) throws IOException {
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
}
