package io.faultprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A map of records: {@code targets.NAME.url}, for as many names as somebody sets. */
class ConfigMapOfRecordsTest {

    record Targets(Map<String, Target> targets) {}

    record Target(
            @About("where to") URI url,
            @Default("3") int tries,
            Map<String, String> headers,
            @Default("") String bearer) {
        Target {
            Require.that(tries > 0, "tries", "at least 1");
        }
    }

    private final ConfigLoader loader = new ConfigLoader("notify", List.of(Targets.class));

    @TempDir
    Path directory = Path.of("");

    @Test
    void eachNameIsARecordWithItsDefaults() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                targets:
                  ops:
                    url: http://a/
                    headers:
                      X-Team: red
                  night.shift: {url: "http://b/", tries: 5}
                """);

        Targets read =
                loader.load(List.of("--config", file.toString()), Map.of()).get(Targets.class);

        assertThat(read.targets())
                .isEqualTo(Map.of(
                        "ops", new Target(URI.create("http://a/"), 3, Map.of("X-Team", "red"), ""),
                        "night.shift", new Target(URI.create("http://b/"), 5, Map.of(), "")));
        assertThat(ConfigLoader.defaults(Targets.class).targets()).isEmpty();
    }

    @Test
    void flagsAndTheEnvironmentReachAnEntryToo() {
        Targets read = loader.load(
                        List.of("--targets.ops.tries", "7", "--targets.ops.url=http://a/"),
                        Map.of("FAULTPRINT_NOTIFY_TARGETS_OPS_TRIES", "6", "FAULTPRINT_NOTIFY_TARGETS_OPS_BEARER", "b"))
                .get(Targets.class);

        assertThat(read.targets()).isEqualTo(Map.of("ops", new Target(URI.create("http://a/"), 7, Map.of(), "b")));
    }

    @Test
    void helpShowsWhatAnEntryHas() {
        assertThat(loader.help())
                .contains("  --targets.NAME.url\n        where to", "--targets.NAME.tries  (default 3)")
                .contains("--targets.NAME.headers.*");
    }

    @Test
    void headersTokensAndLongAddressesAreNotShown() {
        String hidden = "hush" + directory.hashCode();

        List<String> lines = loader.load(
                        List.of(
                                "--targets.a.url=https://hooks.example/services/T1/" + hidden,
                                "--targets.a.headers.Authorization=" + hidden,
                                "--targets.a.bearer=" + hidden,
                                "--targets.b.url=http://127.0.0.1:9093/alerts"),
                        Map.of())
                .lines();

        assertThat(lines)
                .contains(
                        "targets.a.url: https://hooks.example/*** # flag",
                        "targets.a.headers.Authorization: *** # flag",
                        "targets.a.bearer: *** # flag",
                        "targets.b.url: http://127.0.0.1:9093/alerts # flag")
                .noneMatch(line -> line.contains(hidden));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --targets.ops.ulr=http://a/     | --targets.ops.ulr: unknown key (did you mean --targets.ops.url?)
            --targets.ops.tries=0           | --targets.ops.tries 0: at least 1 (default 3)
            --targets.ops.tries=x           | --targets.ops.tries x: must be a whole number (default 3)
            --targets.ops.bearer=b          | targets.ops.url: must be set (where to)
            --targets.ops=http://a/         | --targets.ops: unknown key
            --targets=http://a/             | --targets: sets nothing by itself; give a key below it, as in --targets.NAME=VALUE
            """)
    void aBadEntryIsRefusedWithItsMend(String flag, String message) {
        List<String> flags = flag.contains("tries") ? List.of("--targets.ops.url=http://a/", flag) : List.of(flag);

        assertThatThrownBy(() -> loader.load(flags, Map.of()))
                .isInstanceOf(UsageError.class)
                .hasMessage(message);
    }
}
