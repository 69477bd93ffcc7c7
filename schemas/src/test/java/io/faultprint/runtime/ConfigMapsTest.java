package io.faultprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A map of records: {@code topics.NAME.format}, where the name may have dots. */
class ConfigMapsTest {

    record Sample(Map<String, Entry> topics, @Default("1") int port) {}

    record Entry(
            @About("what it holds") Form format,
            @Default("") List<String> serviceFrom,
            @Default("7") int size) {
        Entry {
            Require.that(size > 0, "size", "at least 1");
        }
    }

    enum Form {
        PLAIN,
        OTHER_ONE
    }

    private final ConfigLoader loader = new ConfigLoader("ingest", List.of(Sample.class));

    @TempDir
    Path directory = Path.of("");

    @Test
    void eachNameIsARecordOfItsOwnAlsoWithDots() {
        Sample sample = ConfigLoader.of(
                Sample.class,
                Map.of(
                        "topics.a.format", "plain",
                        "topics.app.logs.v1.format", "other-one",
                        "topics.app.logs.v1.service-from", "x.y, z",
                        "topics.app.logs.v1.size", "3"));

        assertThat(sample.topics())
                .containsExactly(
                        Map.entry("a", new Entry(Form.PLAIN, List.of(), 7)),
                        Map.entry("app.logs.v1", new Entry(Form.OTHER_ONE, List.of("x.y", "z"), 3)));
        assertThat(ConfigLoader.defaults(Sample.class).topics()).isEmpty();
    }

    @Test
    void filesAndTheEnvironmentSayTheSame() throws IOException {
        Path file = directory.resolve("c.yaml");
        Files.writeString(file, "topics:\n  app.logs:\n    format: plain\n    service-from: [a, b]\n");

        Sample sample = loader.load(
                        List.of("--config", file.toString()), Map.of("FAULTPRINT_INGEST_TOPICS_APP_LOGS_SIZE", "2"))
                .get(Sample.class);

        assertThat(sample.topics()).containsExactly(Map.entry("app.logs", new Entry(Form.PLAIN, List.of("a", "b"), 2)));
        assertThat(loader.help()).contains("--topics.NAME.format", "what it holds", "--topics.NAME.size  (default 7)");
    }

    @Test
    void aKeyThatNoEntryHasStopsTheStart() {
        assertThatThrownBy(() -> ConfigLoader.of(Sample.class, Map.of("topics.a.fromat", "plain")))
                .isInstanceOf(UsageError.class)
                .hasMessage("topics.a.fromat: unknown key (did you mean topics.a.format?)");
        assertThatThrownBy(() -> ConfigLoader.of(Sample.class, Map.of("topics.a", "plain")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("topics.a: unknown key");
        assertThatThrownBy(() -> ConfigLoader.of(Sample.class, Map.of("topics", "plain")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("sets nothing by itself");
    }

    @Test
    void whatIsMissingOrWrongIsNamedWithItsPlace() {
        assertThatThrownBy(() -> ConfigLoader.of(Sample.class, Map.of("topics.a.size", "2")))
                .hasMessage("topics.a.format: must be set (what it holds)");
        assertThatThrownBy(() -> ConfigLoader.of(Sample.class, Map.of("topics.a.format", "plian")))
                .hasMessage("topics.a.format plian: must be one of plain, other-one");
        assertThatThrownBy(
                        () -> ConfigLoader.of(Sample.class, Map.of("topics.a.format", "plain", "topics.a.size", "0")))
                .hasMessage("topics.a.size 0: at least 1 (default 7)");
    }
}
