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
                .matches("\\{\"signature\":\"sig1-[0-9a-f]{16}\",\"template\":\"user <num> logged in\"}");
        assertThat(lines.get(3)).isNotEqualTo(lines.get(0)).contains("\"template\":\"disk full\"");
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
