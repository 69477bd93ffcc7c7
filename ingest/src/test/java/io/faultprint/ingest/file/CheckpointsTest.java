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
        Checkpoint odd =
                new Checkpoint("id", "(dev=1,ino=2)", "shop", Path.of("/x/a\tb\nc.log"), new Head(3, "ab"), 7, 1);
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
                "faultprint file checkpoints 1\nx\ny\n",
                "faultprint file checkpoints 1\n1\ny\nbroken\n",
                "faultprint file checkpoints 1\n1\ny\na\tb\t-1\t0\t0\t\ta\tb\n"
            })
    void whatIsNotOursStopsTheStartWithAMend(String text) throws IOException {
        Files.writeString(state.resolve("files"), text);

        assertThatThrownBy(() -> new Checkpoints(state).load())
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("cannot be read as checkpoints")
                .hasMessageContaining("delete it");
    }
}
