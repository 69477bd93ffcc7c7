package io.faultprint.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1, 1, 1x",
        "10, 10, 10x",
        "0.5, 0.5, 0.5x",
        ".5, 0.5, 0.5x",
        "0.001, 0.001, 0.001x",
        "1000000, 1000000, 1000000x"
    })
    void aNumberIsEventTimePerTime(String text, double factor, String said) {
        assertThat(Speed.parse(text).factor()).isEqualTo(factor);
        assertThat(Speed.parse(text)).hasToString(said);
        assertThat(Speed.parse(text).isMax()).isFalse();
    }

    @Test
    void maxIsAWordAndNoNumber() {
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX).hasToString("max");
        assertThat(Speed.MAX.isMax()).isTrue();
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0.0",
                "-1",
                "+1",
                "1x",
                "1f",
                "1e3",
                "0x10",
                "1,5",
                "fast",
                "MAX",
                "NaN",
                "Infinity",
                "0.0001",
                "1000001",
                "99999999",
                "1."
            })
    void anythingElseIsRefusedWithItsMend(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--speed " + (text.isBlank() ? "'" + text + "'" : text) + ": must be max, or")
                .hasMessageContaining("such as 1 (as it was), 10 or 0.5 (default max)");
    }
}
