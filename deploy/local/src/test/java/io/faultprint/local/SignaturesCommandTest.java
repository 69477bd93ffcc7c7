package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesCommandTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void linesOfOneKindShareASignatureAndItsLatestTemplate() throws IOException {
        Path file =
                Files.writeString(directory.resolve("a.log"), "user 12 logged in\nuser 13 logged in\n\ndisk full\n");

        List<String> lines =
                Command.run("signatures", file.toString()).out().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo(lines.get(1))
                .matches("\\{\"signature\":\"sig2-[0-9a-f]{16}\",\"template\":\"user <num> logged in\"}");
        assertThat(lines.get(3)).isNotEqualTo(lines.get(0)).contains("\"template\":\"disk full\"");
    }

    @Test
    void aLineIsExplainedBesideTheLinesOfFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "instance 7 has started well x=1\n");

        Command explained = Command.run(
                "signatures",
                "--explain",
                "10:11:12 INFO [main] c.e.App - instance 8 has stopped well x=\"a\u001bb\"",
                file.toString());

        assertThat(explained.code()).isEqualTo(ExitCode.OK);
        assertThat(explained.out())
                .contains(
                        "level      INFO",
                        "<num>",
                        "shape",
                        "no template takes it",
                        "\"a\\u001bb\"",
                        "started / stopped");
    }

    @Test
    void rulesArePreviewedOnFiles() throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.log"),
                "quota of acme is spent\nquota of globex is spent\na health check\nrole x=primary\nrole x=replica\n");
        Path rules = Files.writeString(
                directory.resolve("rules.properties"),
                "signatures.always-mask=acme,globex\nsignatures.never-merge=primary\nsignatures.ignore=health check\n");

        String preview = Command.run("signatures", "--rules", rules.toString(), "--preview", file.toString())
                .out();

        assertThat(preview)
                .contains("5 lines, 1 left out", "1 become one", "  2  quota of <val> is spent", "1 are split");
        assertThat(Command.run("signatures", "--rules", rules.toString(), file.toString())
                        .out()
                        .lines())
                .hasSize(5)
                .contains("{\"ignored\":true}");
    }

    @Test
    void badRulesAreRefusedByNameAndMend() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.properties"), "signatures.always-mask=*\n");
        Path none = Files.writeString(directory.resolve("none.properties"), "limits.signatures=7\n");

        Command wrong = Command.run("signatures", "--rules", rules.toString(), "--preview", "x");
        Command empty = Command.run("signatures", "--rules", none.toString(), "--preview", "x");
        Command missing = Command.run("signatures", "--rules", "no-such-file", "--preview", "x");
        Command without = Command.run("signatures", "--preview", "x");

        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("rules.properties", "signatures.always-mask", "would mask every word");
        assertThat(empty.err()).contains("has none of signatures.always-mask");
        assertThat(missing.err()).contains("no-such-file: there is no such file");
        assertThat(without.err()).contains("--preview: needs --rules FILE");
        assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void gzipAndBrokenUtf8AreRead() throws IOException {
        Path file = directory.resolve("a.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("caf".getBytes(StandardCharsets.UTF_8));
            out.write(0xE9);
            out.write("\nnext line\n".getBytes(StandardCharsets.UTF_8));
        }

        Command command = Command.run("signatures", file.toString());

        assertThat(command.code()).isEqualTo(ExitCode.OK);
        assertThat(command.out().lines()).hasSize(2);
    }
}
