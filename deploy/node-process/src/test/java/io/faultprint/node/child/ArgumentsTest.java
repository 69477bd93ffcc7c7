package io.faultprint.node.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void aPropertyMayHoldAnEqualsSign() {
        Arguments arguments = Arguments.parse(
                List.of("--data", "/data", "--port", "9092", "--property", "a=b=c", "--property", "empty="));

        assertThat(arguments).isEqualTo(new Arguments(Path.of("/data"), 9092, Map.of("a", "b=c", "empty", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', --data is missing",
        "--data, --data needs a value",
        "--data d --port -1, --port -1: must be a number from 0 to 65535",
        "--data d --port 65536, --port 65536: must be a number from 0 to 65535",
        "--data d --port 99999999999, --port 99999999999: must be a number",
        "--data d --property =x, --property =x: must be KEY=VALUE",
        "--data d --dta e, --dta: not an option; usage: --data DIR",
    })
    void aMistakeIsNamedWithItsValue(String line, String message) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> Arguments.parse(words)).hasMessageStartingWith(message);
    }
}
