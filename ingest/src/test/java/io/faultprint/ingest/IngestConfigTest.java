package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestConfigTest {

    @Test
    void defaultsSuitALocalStart() {
        IngestConfig config = ConfigLoader.defaults(IngestConfig.class);

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(4318);
        assertThat(config.window().size()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.window().lateness()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.partitions().events()).isEqualTo(4);
        assertThat(config.kafka().properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, 70000, http.port",
        "http.max-inflated, 1MiB, at least http.max-body",
        "http.max-in-flight, 32MiB, four times",
        "window.size, 0s, longer than 0",
        "partitions.events, 0, at least 1",
        "run.prefix, Not Good, lower-case",
        "redact.key, short, at least 16",
        "kafka.delivery, 1s, at least 2 s"
    })
    void aValueThatCannotWorkIsNamedWithItsMend(String key, String value, String mend) {
        assertThatThrownBy(() -> ConfigLoader.of(IngestConfig.class, Map.of(key, value)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(key.substring(0, key.indexOf('.')))
                .hasMessageContaining(mend);
    }

    @Test
    void aBrokerThatIsNotThereIsNamedAtTheStart(@TempDir Path state) {
        IngestConfig config = ConfigLoader.of(
                IngestConfig.class,
                Map.of(
                        "kafka.bootstrap-servers",
                        "127.0.0.1:1",
                        "kafka.properties.default.api.timeout.ms",
                        "1500",
                        "state.dir",
                        state.toString(),
                        "http.port",
                        "0"));

        try (IngestStage stage = new IngestStage(config, new SimpleMeterRegistry())) {
            assertThatThrownBy(stage::start)
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("kafka.bootstrap-servers 127.0.0.1:1: no broker answers there");
        }
    }
}
