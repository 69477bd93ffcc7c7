package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that fuzzing kept, and every one that once broke something, holds its property. */
class CorpusTest {

    @ParameterizedTest
    @EnumSource
    void everyKeptInputHolds(FuzzTarget target) {
        List<Path> inputs = target.inputs();

        assertThat(inputs).hasSizeGreaterThan(5).allSatisfy(input -> target.run(bytes(input)));
    }

    /** Half of each is another kind of damage, which costs nothing to try too. */
    @ParameterizedTest
    @EnumSource
    void everyKeptInputBrokenOffHoldsToo(FuzzTarget target) {
        assertThat(target.inputs()).allSatisfy(input -> {
            byte[] whole = bytes(input);
            target.run(java.util.Arrays.copyOf(whole, whole.length / 2));
        });
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
