package io.faultprint.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.notify.receiver.TargetSettings;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyConfigTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void defaults() {
        assertThat(ConfigLoader.of(NotifyConfig.class, Map.of("targets.ops.url", "http://a/")))
                .isEqualTo(new NotifyConfig(
                        new KafkaSettings("127.0.0.1:9092", Map.of()),
                        new RunSettings("faultprint", ""),
                        new PartitionSettings(4, 1),
                        new NotifyConfig.Tell(NotifyConfig.From.NOW, false, "", ""),
                        Map.of(
                                "ops",
                                new NotifyConfig.Target(
                                        URI.create("http://a/"),
                                        NotifyConfig.FormName.JSON,
                                        "",
                                        Map.of(),
                                        "",
                                        "",
                                        "",
                                        List.of(),
                                        4,
                                        Duration.ofSeconds(10),
                                        null,
                                        Duration.ofDays(1),
                                        Duration.ofMinutes(1),
                                        Duration.ofHours(1))),
                        PulseSettings.DEFAULT,
                        RegistrySettings.NONE));
    }

    @Test
    void everyKeyReachesTheTarget() {
        String secret = "s" + hashCode();
        NotifyConfig config = ConfigLoader.of(
                NotifyConfig.class,
                Map.ofEntries(
                        Map.entry("tell.from", "beginning"),
                        Map.entry("tell.replay", "true"),
                        Map.entry("tell.instance", "one"),
                        Map.entry("tell.link", "https://f.example/i/{id}"),
                        Map.entry("run.id", "replay-1"),
                        Map.entry("targets.ops.url", "https://am.example:9093/"),
                        Map.entry("targets.ops.form", "alertmanager"),
                        Map.entry("targets.ops.secret", secret),
                        Map.entry("targets.ops.headers.X-Scope-OrgID", "7"),
                        Map.entry("targets.ops.username", "u"),
                        Map.entry("targets.ops.password", "p"),
                        Map.entry("targets.ops.environments", "a,b"),
                        Map.entry("targets.ops.severity", "2"),
                        Map.entry("targets.ops.timeout", "5s"),
                        Map.entry("targets.ops.certificate", "ca.pem"),
                        Map.entry("targets.ops.give-up", "2h"),
                        Map.entry("targets.ops.repeat", "10s"),
                        Map.entry("targets.ops.hold", "5m")));
        NotifyConfig.Target target = config.targets().values().iterator().next();

        assertThat(config.tell())
                .isEqualTo(new NotifyConfig.Tell(NotifyConfig.From.BEGINNING, true, "one", "https://f.example/i/{id}"));
        assertThat(target.hold()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.settings("ops", target))
                .isEqualTo(new TargetSettings(
                        "ops",
                        URI.create("https://am.example:9093/api/v2/alerts"),
                        secret,
                        Map.of("X-Scope-OrgID", "7"),
                        "Basic dTpw",
                        List.of("a", "b"),
                        2,
                        Duration.ofSeconds(5),
                        Optional.of(Path.of("ca.pem")),
                        Duration.ofHours(2),
                        Duration.ofSeconds(10),
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            targets.ops.url=            | targets.ops.url "": must be a complete address
            targets.ops.url=localhost   | must be a complete address
            targets.ops.url=ftp://a/    | targets.ops.url ftp://a/: give scheme and host, as in http://127.0.0.1:9093
            targets.ops.url=http:///x   | give scheme and host
            targets.ops.url=http://a b/ | targets.ops.url
            targets.ops.url=http://u:p@a/ | targets.ops.url http://a/***: must hold no user; set username and password, or bearer
            targets.ops.url=http://a/#x | must have no part behind #
            targets.ops.form=slack      | must be one of json, alertmanager, alertmanager-webhook (default json)
            targets.ops.severity=0      | targets.ops.severity 0: must be from 1, the worst, to 4 (default 4)
            targets.ops.severity=5      | must be from 1, the worst, to 4
            targets.ops.timeout=0s      | must be longer than 0 s and at most 60s
            targets.ops.timeout=2m      | must be longer than 0 s and at most 60s
            targets.ops.repeat=10ms     | targets.ops.repeat 10ms: at least 1s (default 1m)
            targets.ops.hold=2m         | must be three times repeat or longer
            targets.ops.username=u      | set username and password, or neither
            targets.ops.password=p      | targets.ops.password ***: set username and password, or neither
            targets.ops.bearer=a b      | targets.ops.bearer ***: must be visible ASCII without spaces
            targets.ops.headers.Host=a  | Host cannot be sent as a header
            targets.ops.headers.X Y=a   | X Y cannot be sent as a header
            targets.ops.headers.Authorization=a | Authorization is set by us; for authorization set bearer
            targets.ops.headers.X-Faultprint-Delivery=a | X-Faultprint-Delivery is set by us
            targets.ops.urls=http://a/  | targets.ops.urls: unknown key (did you mean targets.ops.url?)
            targets.OPS.url=http://a/   | 'OPS': a target's name is part of its consumer group
            tell.from=yesterday         | must be one of now, beginning (default now)
            tell.link=http://a/b        | give an address with {id} in it
            run.id=replay-1             | run.id replay-1 is a replay, and nobody is called out of bed for one; set tell.replay=true
            """)
    void aBadSettingIsRefusedWithItsMend(String setting, String message) {
        Map<String, String> all = new HashMap<>(Map.of("targets.ops.url", "http://a/"));
        int equals = setting.indexOf('=');
        all.put(setting.substring(0, equals), setting.substring(equals + 1));

        assertThatThrownBy(() -> ConfigLoader.of(NotifyConfig.class, all))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(message);
    }

    @Test
    void withoutATargetOrWithACertificateThatIsNoneItDoesNotStart() throws IOException {
        Path certificate = Files.writeString(directory.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("targets: there is none");
        for (String file : List.of(certificate.toString(), "/nowhere.pem")) {
            assertThatThrownBy(() -> start(Map.of("targets.ops.url", "https://a/", "targets.ops.certificate", file)))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("targets.ops.certificate " + file + ": no PEM certificates");
        }
    }

    private static void start(Map<String, String> settings) {
        try (NotifyStage stage =
                new NotifyStage(ConfigLoader.of(NotifyConfig.class, settings), new SimpleMeterRegistry())) {
            stage.start();
        }
    }
}
