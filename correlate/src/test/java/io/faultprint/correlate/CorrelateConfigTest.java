package io.faultprint.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.ByteSize;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.serde.registry.SubjectNames;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.faultprint.settings.WindowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelateConfigTest {

    private static final Map<String, String> OTHERWISE = new TreeMap<>(Map.ofEntries(
            Map.entry("kafka.bootstrap-servers", "broker:1"),
            Map.entry("run.id", "other"),
            Map.entry("partitions.events", "2"),
            Map.entry("window.size", "30s"),
            Map.entry("signals.learning-windows", "7"),
            Map.entry("signals.trace-wait", "90s"),
            Map.entry("signals.forms", "100"),
            Map.entry("signatures.always-mask", "tenant-*"),
            Map.entry("signatures.never-merge", "primary, replica"),
            Map.entry("signatures.ignore", "health check | GET /livez"),
            Map.entry("signals.operations", "9"),
            Map.entry("signals.forget-after", "2h"),
            Map.entry("incidents.medium", "1.5"),
            Map.entry("incidents.strong", "9"),
            Map.entry("incidents.calm-windows", "3"),
            Map.entry("limits.services", "10"),
            Map.entry("limits.points", "11"),
            Map.entry("limits.series", "12"),
            Map.entry("limits.baselines", "1300"),
            Map.entry("limits.signatures", "14"),
            Map.entry("limits.all-signatures", "2015"),
            Map.entry("limits.waiting-spans", "16"),
            Map.entry("limits.batches", "18"),
            Map.entry("limits.window-memory", "17MiB"),
            Map.entry("streams.state-dir", "/var/lib/state"),
            Map.entry("streams.signals-threads", "3"),
            Map.entry("streams.incidents-threads", "2"),
            Map.entry("streams.commit-interval", "200ms"),
            Map.entry("streams.cache", "1MiB"),
            Map.entry("streams.standbys", "1"),
            Map.entry("streams.replication", "3"),
            Map.entry("streams.windows-ahead", "4"),
            Map.entry("pulse.every", "5s"),
            Map.entry("pulse.blind-after", "20s"),
            Map.entry("registry.url", "http://registry:8081")));

    /** The strengths of incidents are measured, not chosen: their defaults are wherever the measurements put them. */
    @Test
    void defaults() {
        CorrelateConfig defaults = ConfigLoader.defaults(CorrelateConfig.class);

        assertThat(defaults)
                .isEqualTo(new CorrelateConfig(
                        new KafkaSettings("127.0.0.1:9092", Map.of()),
                        new RunSettings("faultprint", ""),
                        new PartitionSettings(4, 1),
                        new WindowSettings(Duration.ofSeconds(10), Duration.ofSeconds(15)),
                        new CorrelateConfig.Signals(12, Duration.ofSeconds(60), 5_000, 50, Duration.ofHours(24)),
                        new CorrelateConfig.Signatures("", "", ""),
                        defaults.incidents(),
                        new CorrelateConfig.Limits(
                                1_000, 5_000, 1_000, 20_000, 2_000, 10_000, 15_000, 10_000, new ByteSize(16L << 20)),
                        new CorrelateConfig.Streams(
                                Path.of("faultprint-state/correlate"),
                                1,
                                1,
                                Duration.ofMillis(100),
                                new ByteSize(32L << 20),
                                0,
                                -1,
                                12),
                        PulseSettings.DEFAULT,
                        RegistrySettings.NONE));
    }

    @Test
    void everyKeyIsMapped() {
        assertThat(ConfigLoader.of(CorrelateConfig.class, OTHERWISE))
                .isEqualTo(new CorrelateConfig(
                        new KafkaSettings("broker:1", Map.of()),
                        new RunSettings("faultprint", "other"),
                        new PartitionSettings(2, 1),
                        new WindowSettings(Duration.ofSeconds(30), Duration.ofSeconds(15)),
                        new CorrelateConfig.Signals(7, Duration.ofSeconds(90), 100, 9, Duration.ofHours(2)),
                        new CorrelateConfig.Signatures("tenant-*", "primary, replica", "health check | GET /livez"),
                        new CorrelateConfig.Incidents(1.5, 9, 3),
                        new CorrelateConfig.Limits(10, 11, 12, 1300, 14, 2015, 16, 18, new ByteSize(17L << 20)),
                        new CorrelateConfig.Streams(
                                Path.of("/var/lib/state"),
                                3,
                                2,
                                Duration.ofMillis(200),
                                new ByteSize(1L << 20),
                                1,
                                3,
                                4),
                        new PulseSettings(Duration.ofSeconds(5), Duration.ofSeconds(20)),
                        new RegistrySettings(
                                List.of(URI.create("http://registry:8081")),
                                SubjectNames.TOPIC_RECORD,
                                false,
                                Duration.ofSeconds(5),
                                Map.of())));
    }

    @Test
    void theFingerprintIsOfWhatContentsDependOnAndOfNothingElse() {
        String usual = ConfigLoader.defaults(CorrelateConfig.class).fingerprint();

        OTHERWISE.forEach((key, value) -> {
            String other =
                    ConfigLoader.of(CorrelateConfig.class, Map.of(key, value)).fingerprint();
            if (Stream.of("signals.", "signatures.", "incidents.", "window.", "limits.")
                    .anyMatch(key::startsWith)) {
                assertThat(other).as(key).isNotEqualTo(usual);
            } else {
                assertThat(other).as(key).isEqualTo(usual);
            }
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "signals.learning-windows, 0, at least 1",
        "signals.trace-wait, 0s, must be above 0 s",
        "signals.forms, 0, at least 1",
        "signals.operations, 0, at least 1",
        "signals.forget-after, 0s, must be above 0 s",
        "signatures.always-mask, *, would mask every word",
        "signatures.always-mask, a b, is more than one word",
        "signatures.never-merge, rep*, name each word",
        "signatures.ignore, **a*, would leave out nearly every line",
        "incidents.medium, 0, must be above 0",
        "incidents.strong, 0.1, at least incidents.medium",
        "incidents.calm-windows, 0, at least 1",
        "limits.services, 0, at least 1",
        "limits.points, 0, at least 1",
        "limits.series, 0, at least 1",
        "limits.baselines, 1, at least limits.series",
        "limits.signatures, 0, at least 1",
        "limits.all-signatures, 1, at least limits.signatures",
        "limits.waiting-spans, 9, at least 10",
        "limits.batches, 0, at least 1",
        "limits.window-memory, 1KiB, at least 1MiB",
        "streams.windows-ahead, 1, at least 2",
        "streams.signals-threads, 0, at least 1",
        "streams.incidents-threads, 0, at least 1",
        "streams.commit-interval, 0s, at least 1 ms",
        "streams.standbys, -1, must not be negative",
        "pulse.every, 0s, at least 100 ms",
        "pulse.blind-after, 1s, at least 2 s"
    })
    void whatCannotBeIsRefusedByName(String key, String value, String message) {
        assertThatThrownBy(() -> ConfigLoader.of(CorrelateConfig.class, Map.of(key, value)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(key)
                .hasMessageContaining(message);
    }
}
