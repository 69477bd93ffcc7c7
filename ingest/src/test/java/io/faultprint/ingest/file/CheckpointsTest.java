package io.faultprint.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {

    @TempDir
    Path state;

    @Test
    void whatWasSavedIsLoaded() {
        Checkpoint odd = new Checkpoint(
                "id", "(dev=1,ino=2)", "shop", Path.of("/x/a\tb\nc.log"), Path.of("/x/a"), new Head(3, "ab"), 7, 1);
        Checkpoints checkpoints = new Checkpoints(state);

        checkpoints.save(42, List.of("shop=/x/*"), List.of(odd));

        Checkpoints.Saved saved = checkpoints.load();
        assertThat(saved.watermark()).isEqualTo(42);
        assertThat(saved.groups()).containsExactly("shop=/x/*");
        assertThat(saved.files()).containsOnly(java.util.Map.entry(odd.key(), odd));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "something else\n1\nx\n",
                "faultprint file checkpoints 2\nx\ny\nend\n",
                "faultprint file checkpoints 2\n1\ny\nbroken\nend\n",
                "faultprint file checkpoints 2\n1\ny\na\tb\t-1\t0\t0\t\ta\tb\tc\nend\n"
            })
    void whatIsNotOursStopsTheStartWithAMend(String text) throws IOException {
        Files.writeString(state.resolve("files"), text);

        assertThatThrownBy(() -> new Checkpoints(state).load())
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("cannot be read as checkpoints")
                .hasMessageContaining("delete it");
    }

    @Test
    void whatBreaksOffIsReplacedByWhatWasSavedBefore() throws IOException {
        Checkpoints checkpoints = new Checkpoints(state);
        Path file = state.resolve("files");
        checkpoints.save(1, List.of("shop=/x/*"), List.of(at(7)));
        checkpoints.save(
                2,
                List.of("shop=/x/*"),
                List.of(
                        at(8),
                        new Checkpoint(
                                "id", "(dev=1,ino=3)", "shop", Path.of("/x/b"), Path.of("/x/b"), Head.NONE, 9, 1)));
        String whole = Files.readString(file);

        // In the middle of a line, between two, and with nothing in it.
        for (int length : new int[] {
            0, 10, whole.indexOf('\n') + 1, whole.length() - 20, whole.indexOf("end\n"), whole.length() - 2
        }) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(checkpoints.load().watermark()).as("%d", length).isEqualTo(1);
            assertThat(checkpoints.load().files().values()).containsExactly(at(7));
        }
        Files.delete(file);
        assertThat(checkpoints.load().watermark()).isEqualTo(1);
        checkpoints.save(3, List.of(), List.of());
        assertThat(checkpoints.load().watermark()).isEqualTo(3);
    }

    private static Checkpoint at(long offset) {
        return new Checkpoint("id", "(dev=1,ino=2)", "shop", Path.of("/x/a"), Path.of("/x/a"), Head.NONE, offset, 1);
    }
}
