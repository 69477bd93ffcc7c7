package io.faultprint.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    record Shared(KafkaSettings kafka, RunSettings run, PartitionSettings partitions, WindowSettings window) {}

    @Test
    void defaults() {
        assertThat(ConfigLoader.defaults(Shared.class))
                .isEqualTo(new Shared(
                        new KafkaSettings("127.0.0.1:9092", Map.of()),
                        new RunSettings("faultprint", ""),
                        new PartitionSettings(4, 1),
                        new WindowSettings(Duration.ofSeconds(10), Duration.ofSeconds(15))));
    }

    @Test
    void everyKeyIsMapped() {
        Map<String, String> given = Map.of(
                "kafka.bootstrap-servers", "a:1,b:2",
                "kafka.properties.security.protocol", "SSL",
                "run.prefix", "shop",
                "run.id", "replay-1",
                "partitions.events", "8",
                "partitions.incidents", "3",
                "window.size", "5s",
                "window.lateness", "0s");

        assertThat(ConfigLoader.of(Shared.class, given))
                .isEqualTo(new Shared(
                        new KafkaSettings("a:1,b:2", Map.of("security.protocol", "SSL")),
                        new RunSettings("shop", "replay-1"),
                        new PartitionSettings(8, 3),
                        new WindowSettings(Duration.ofSeconds(5), Duration.ZERO)));
    }

    @Test
    void theyGiveWhatTheyStandFor() {
        Shared shared = ConfigLoader.of(Shared.class, Map.of("run.id", "r", "kafka.properties.linger.ms", "5"));

        assertThat(shared.run().run()).isEqualTo(new Run("faultprint", "r"));
        assertThat(shared.partitions().partitions()).isEqualTo(new Partitions(4, 1));
        assertThat(shared.window().windows()).isEqualTo(Windows.DEFAULT);
        assertThat(shared.kafka().client()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092", "linger.ms", "5"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            kafka.bootstrap-servers | ''      | kafka.bootstrap-servers
            run.prefix              | Up Case | prefix 'Up Case'
            run.id                  | a/b     | run 'a/b'
            partitions.events       | 0       | partitions.events 0: at least 1
            partitions.incidents    | -1      | partitions.incidents -1: at least 1
            window.size             | 0s      | window.size 0s: a window must be longer than 0 s
            window.lateness         | -1s     | window.lateness -1s
            """)
    void whatCannotBeIsRefusedByName(String key, String value, String message) {
        assertThatThrownBy(() -> ConfigLoader.of(Shared.class, Map.of(key, value)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(message);
    }
}
