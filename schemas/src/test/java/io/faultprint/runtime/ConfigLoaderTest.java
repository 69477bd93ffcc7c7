package io.faultprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private final ConfigLoader loader = new ConfigLoader("ingest", List.of(SampleConfig.class));

    @TempDir
    Path directory = Path.of("");

    @Test
    void defaultsAreWrittenBesideTheirComponents() {
        SampleConfig config = ConfigLoader.defaults(SampleConfig.class);

        assertThat(config)
                .isEqualTo(new SampleConfig(
                        new SampleConfig.Http(4318, ByteSize.mebibytes(16), false, List.of("a", "b")),
                        new SampleConfig.Kafka("127.0.0.1:9092", Map.of()),
                        Duration.ofSeconds(10),
                        SampleConfig.Start.WARM,
                        null));
    }

    @Test
    void everyKeyReachesItsComponent() {
        SampleConfig config = ConfigLoader.of(
                SampleConfig.class,
                Map.of(
                        "http.port", "1",
                        "http.max-body", "1KiB",
                        "http.open", "true",
                        "http.paths", "x, y",
                        "kafka.bootstrap", "broker:1",
                        "kafka.client.max.poll.records", "7",
                        "window", "500ms",
                        "start", "ice-cold",
                        "model", "http://127.0.0.1:1/v1"));

        assertThat(config)
                .isEqualTo(new SampleConfig(
                        new SampleConfig.Http(1, new ByteSize(1024), true, List.of("x", "y")),
                        new SampleConfig.Kafka("broker:1", Map.of("max.poll.records", "7")),
                        Duration.ofMillis(500),
                        SampleConfig.Start.ICE_COLD,
                        URI.create("http://127.0.0.1:1/v1")));
    }

    @Test
    void flagsWinOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
        Path file = file("c.yaml", "http:\n  port: 1\n  max-body: 1KiB\nwindow: 1s\n");
        Map<String, String> environment =
                Map.of("FAULTPRINT_INGEST_HTTP_MAX_BODY", "2KiB", "FAULTPRINT_INGEST_WINDOW", "2s", "PATH", "/bin");

        SampleConfig config = load(environment, "--config", file.toString(), "--window", "3s");

        assertThat(config.http().port()).isEqualTo(1);
        assertThat(config.http().maxBody()).isEqualTo(new ByteSize(2048));
        assertThat(config.window()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void keysOfAFileMayBeDottedOrNestedAndListsMayHoldCommas() throws IOException {
        Path file = file("c.yaml", "http.port: 2\nkafka:\n  client:\n    linger.ms: 5\nhttp.paths: ['a,b', c]\n");

        SampleConfig config = load(Map.of(), "--config=" + file);

        assertThat(config.http().port()).isEqualTo(2);
        assertThat(config.kafka().client()).isEqualTo(Map.of("linger.ms", "5"));
        assertThat(config.http().paths()).containsExactly("a,b", "c");
    }

    @Test
    void kafkaClientPropertiesPassThroughTheEnvironment() {
        SampleConfig config = load(Map.of("FAULTPRINT_INGEST_KAFKA_CLIENT_MAX_POLL_RECORDS", "5"));

        assertThat(config.kafka().client()).isEqualTo(Map.of("max.poll.records", "5"));
    }

    @Test
    void anEmptyFileAndAnEmptyGroupSetNothing() throws IOException {
        assertThat(load(Map.of(), "--config", file("a.yaml", "").toString())
                        .http()
                        .port())
                .isEqualTo(4318);
        assertThat(load(Map.of(), "--config", file("b.yaml", "http:\n").toString())
                        .http()
                        .port())
                .isEqualTo(4318);
    }

    @Test
    void secretsAreNotShown() {
        Configuration configuration = loader.load(
                List.of("--kafka.client.ssl.keystore.password=hush", "--kafka.client.linger.ms=5"), Map.of());

        assertThat(configuration.lines())
                .contains("kafka.client.ssl.keystore.password: *** # flag", "kafka.client.linger.ms: 5 # flag")
                .contains("http.port: 4318 # default", "model: # not set")
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void allUnknownKeysAreNamedAtOnce() {
        assertThatThrownBy(() -> load(Map.of(), "--http.prot=1", "--windwo=1s"))
                .isInstanceOf(UsageError.class)
                .hasMessage("--http.prot: unknown key (did you mean --http.port?)\n"
                        + "--windwo: unknown key (did you mean --window?)");
    }

    @Test
    void helpNamesEveryKeyItsDefaultAndItsUse() {
        assertThat(loader.help()).contains("--http.port  (default 4318)\n        where senders reach us", "--model\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --http.port=70000     | --http.port 70000: a port is between 0 (a free one) and 65535 (default 4318)
            --http.port=-1        | --http.port -1: a port is between 0 (a free one) and 65535 (default 4318)
            --http.port=many      | --http.port many: must be a whole number (default 4318)
            --http.port=99999999999 | --http.port 99999999999: must be a whole number between -2147483648 and 2147483647 (default 4318)
            --http.port=          | --http.port "": must be a whole number (default 4318)
            --http.port           | --http.port: needs a value, as in --http.port=VALUE
            --http.port=9092      | http: must not take Kafka's port
            --http.max-body=16XB  | --http.max-body 16XB: a size is a number with B, KiB, MiB or GiB, as in 16MiB (default 16MiB)
            --http.open=maybe     | --http.open maybe: must be true or false (default false)
            --window=0s           | --window 0s: a window must be longer than 0 s (default 10s)
            --window=10           | --window 10: a duration is a whole number with ms, s, m, h or d, as in 10s (default 10s)
            --window=-5s          | --window -5s: a duration is a whole number with ms, s, m, h or d, as in 10s (default 10s)
            --start=luke          | --start luke: must be one of warm, ice-cold (default warm)
            --model=localhost     | --model localhost: must be a complete address, as in http://127.0.0.1:9200
            --http=1              | --http: unknown key
            --kafka.client=1      | --kafka.client: sets nothing by itself; give a key below it, as in --kafka.client.NAME=VALUE
            --port=1              | --port: unknown key (did you mean --http.port?)
            --nonsense            | --nonsense: unknown key
            http.port=1           | http.port=1: unexpected argument; settings are written --key=value
            --config=/nowhere.yml | --config /nowhere.yml: there is no such file
            """)
    void badFlagsAreRefusedWithTheirMend(String flag, String message) {
        assertThatThrownBy(() -> load(Map.of(), flag))
                .isInstanceOf(UsageError.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            window: 1s\\nhttp:\\n  prot: 1   | 3: http.prot: unknown key (did you mean http.port?)
            http:\\n  port: 70000            | 2: http.port 70000: a port is between 0 (a free one) and 65535 (default 4318)
            http:\\n  port:                  | 2: http.port: has no value; leave the key out for its default
            http:\\n  port: {a: 1}           | 2: http.port.a: unknown key (did you mean http.port?)
            - a                             | 1: a configuration is a map of keys, as in http.port: 4318
            window: 1s\\nwindow: 2s          | 2: Duplicate field 'window'
            http: [                         | 1: while parsing a flow node
            http.paths: [[1]]               | 1: http.paths: a list holds plain values only
            window: 1s\\n---\\nwindow: 2s     | 3: a second document; a configuration is one
            """)
    void badFilesAreRefusedWithTheirLine(String text, String message) throws IOException {
        Path file = file("bad.yaml", text.replace("\\n", "\n"));

        assertThatThrownBy(() -> load(Map.of(), "--config", file.toString()))
                .isInstanceOf(UsageError.class)
                .hasMessage(file + ":" + message);
    }

    @Test
    void anUnknownVariableOfOurStageIsRefused() {
        assertThatThrownBy(() -> load(Map.of("FAULTPRINT_INGEST_HTTP_PROT", "1")))
                .isInstanceOf(UsageError.class)
                .hasMessage("FAULTPRINT_INGEST_HTTP_PROT: unknown key (did you mean FAULTPRINT_INGEST_HTTP_PORT?)");
    }

    private SampleConfig load(Map<String, String> environment, String... args) {
        return loader.load(List.of(args), environment).get(SampleConfig.class);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
