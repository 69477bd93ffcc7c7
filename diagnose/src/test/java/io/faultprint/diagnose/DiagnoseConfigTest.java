package io.faultprint.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.faultprint.settings.WindowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnoseConfigTest {

    @Test
    void defaults() {
        assertThat(ConfigLoader.defaults(DiagnoseConfig.class))
                .isEqualTo(new DiagnoseConfig(
                        new KafkaSettings("127.0.0.1:9092", Map.of()),
                        new RunSettings("faultprint", ""),
                        new PartitionSettings(4, 1),
                        new WindowSettings(Duration.ofSeconds(10), Duration.ofSeconds(15)),
                        new DiagnoseConfig.Opensearch(
                                URI.create("http://127.0.0.1:9200"), "", "", null, Duration.ofSeconds(30), false),
                        new DiagnoseConfig.Gate("", Duration.ofMinutes(5), 1, 1),
                        new DiagnoseConfig.Model(
                                false,
                                URI.create("http://127.0.0.1:11434/v1"),
                                "",
                                "",
                                Duration.ofSeconds(60),
                                20,
                                3,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1)),
                        new DiagnoseConfig.Retention(Duration.ofDays(30)),
                        new DiagnoseConfig.Redact("faultprint-local-mode-key"),
                        PulseSettings.DEFAULT,
                        RegistrySettings.NONE));
    }

    @Test
    void mapping() {
        DiagnoseConfig config = ConfigLoader.of(
                DiagnoseConfig.class,
                Map.ofEntries(
                        Map.entry("opensearch.url", "https://search:9201"),
                        Map.entry("opensearch.create", "true"),
                        Map.entry("opensearch.username", "u"),
                        Map.entry("opensearch.password", "p"),
                        Map.entry("opensearch.certificate", "ca.pem"),
                        Map.entry("opensearch.timeout", "5s"),
                        Map.entry("gate.owner", "one"),
                        Map.entry("gate.hold", "1m"),
                        Map.entry("gate.threads", "2"),
                        Map.entry("gate.places", "3"),
                        Map.entry("model.enabled", "true"),
                        Map.entry("model.url", "https://models/v1"),
                        Map.entry("model.name", "m"),
                        Map.entry("model.api-key", "k"),
                        Map.entry("model.timeout", "7s"),
                        Map.entry("model.calls-per-hour", "9"),
                        Map.entry("model.attempts", "1"),
                        Map.entry("model.backoff", "2s"),
                        Map.entry("model.longest-backoff", "4s"),
                        Map.entry("model.rest", "8s"),
                        Map.entry("retention.keep", "0d"),
                        Map.entry("redact.key", "r")));

        assertThat(config.opensearch())
                .isEqualTo(new DiagnoseConfig.Opensearch(
                        URI.create("https://search:9201"), "u", "p", Path.of("ca.pem"), Duration.ofSeconds(5), true));
        assertThat(config.gate()).isEqualTo(new DiagnoseConfig.Gate("one", Duration.ofMinutes(1), 2, 3));
        assertThat(config.model())
                .isEqualTo(new DiagnoseConfig.Model(
                        true,
                        URI.create("https://models/v1"),
                        "m",
                        "k",
                        Duration.ofSeconds(7),
                        9,
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8)));
        assertThat(config.retention().keep()).isEqualTo(Duration.ZERO);
        assertThat(config.redact().key()).isEqualTo("r");
    }

    @Test
    void mistakesNameTheKey() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "opensearch.url", "ftp://x",
                        "model.enabled", "true",
                        "gate.places", "0",
                        "gate.hold", "0s",
                        "model.url", "mailto:x",
                        "gate.place", "8")
                .entrySet()) {
            assertThatThrownBy(() -> ConfigLoader.of(DiagnoseConfig.class, Map.of(wrong.getKey(), wrong.getValue())))
                    .as(wrong.toString())
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining(wrong.getKey().equals("model.enabled") ? "model.name" : wrong.getKey());
        }
    }

    @Test
    void aHoldShorterThanTheLongestDiagnosisIsRefused() {
        // Two places for one thread, and each may take 3 calls of 60 s and two waits of 30 s.
        Map<String, String> model = Map.of("model.enabled", "true", "model.name", "m", "gate.places", "2");

        assertThatThrownBy(() -> ConfigLoader.of(DiagnoseConfig.class, model))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("gate.hold 300s: ")
                .hasMessageContaining("set gate.hold to 480s or longer");

        Map<String, String> longer = new java.util.HashMap<>(model);
        longer.put("gate.hold", "8m");
        assertThat(ConfigLoader.of(DiagnoseConfig.class, longer).gate().hold()).isEqualTo(Duration.ofMinutes(8));
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(new io.faultprint.diagnose.store.OpenSearchSettings(
                                URI.create("https://h"),
                                "u",
                                "hush",
                                java.util.Optional.empty(),
                                Duration.ofSeconds(1),
                                false)
                        .toString())
                .doesNotContain("hush");
    }
}
