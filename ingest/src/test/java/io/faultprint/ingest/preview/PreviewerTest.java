package io.faultprint.ingest.preview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.runtime.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What preview tells people to write is pasted into a file, read as ingest reads it, and mends what it is said to mend. */
class PreviewerTest {

    private static final String TOPIC = "shop.logs-1_a";
    private static final long LATENESS = 15_000;
    private static final long APPENDED = 1_769_860_860_000L;

    @TempDir
    Path directory;

    private static List<ForeignRecord> records(@Nullable String key, String text) {
        return List.of(new ForeignRecord(key, text.replace('\'', '"').getBytes(UTF_8), APPENDED));
    }

    private IngestConfig pasted(List<String> lines) throws IOException {
        Path file = Files.write(directory.resolve("ingest.yaml"), lines);
        return new ConfigLoader("ingest", List.of(IngestConfig.class))
                .load(List.of("--config", file.toString()), Map.of())
                .get(IngestConfig.class);
    }

    private static List<String> complaints(Preview preview, String part) {
        return preview.problems().stream()
                .map(Preview.Problem::what)
                .filter(what -> what.contains(part))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "FLUENT_BIT | - | {'log':'m','team.app':'cart','@app':'cart','my service':'x'}",
                "FLUENT_BIT | k | {'log':'m'}",
                "ECS        | - | {'message':'m','fields':{'application':'cart'}}",
                "VECTOR     | - | {'message':'m','source_type':'file','component':'cart'}",
                "SYSLOG     | k | <34>1 2026-01-31T12:01:00Z - - - - [a app='cart'] m",
                "TEXT       | k | ERROR m",
                "TEXT       | - | ERROR m",
                "COLLECTD   | - | [{'values':[1],'dstypes':['gauge'],'dsnames':['value'],'time':1769860860,'interval':10,'host':'db1','plugin':'p','type':'p'}]",
                "OTLP_LOGS_JSON | k | {'resourceLogs':[{'scopeLogs':[{'logRecords':[{'body':{'stringValue':'m'},'attributes':[{'key':'app','value':{'stringValue':'cart'}}]}]}]}]}"
            })
    void eachLineThatNamesTheServiceIsTakenAndEndsTheComplaint(Format format, @Nullable String key, String text)
            throws IOException {
        List<ForeignRecord> records = records(key, text);
        Preview before = Previewer.of(TOPIC, format, LATENESS).preview(records);
        Preview.Problem problem = before.problems().stream()
                .filter(each -> each.what().startsWith("service.name is missing"))
                .findFirst()
                .orElseThrow();
        assertThat(problem.lines()).isNotEmpty();

        for (String line : problem.lines()) {
            List<String> lines = new ArrayList<>(List.of(ConfigLine.ofTopic(TOPIC, "format", format.written()), line));
            IngestConfig config = pasted(lines);
            Preview after = Previewer.of(
                            TOPIC, Objects.requireNonNull(config.topics().get(TOPIC)), LATENESS)
                    .preview(records);

            assertThat(complaints(after, "service.name")).as(line).isEmpty();
            assertThat(after.events()).as(line).isEqualTo(1);
            assertThat(after.refused()).as(line).isZero();
        }
    }

    @Test
    void theLatenessThatIsGivenIsEnoughAndOneThatWouldHoldEverybodyIsNotGiven() throws IOException {
        List<ForeignRecord> late = records(null, "{'log':'m','service':'cart','@timestamp':1769860799.4}");
        Preview before = Previewer.of(TOPIC, Format.FLUENT_BIT, LATENESS).preview(late);
        Preview.Problem problem = before.problems().stream()
                .filter(each -> each.what().contains("window.lateness"))
                .findFirst()
                .orElseThrow();

        IngestConfig config = pasted(problem.lines());

        long enough = config.window().lateness().toMillis();
        Preview after = Previewer.of(TOPIC, Format.FLUENT_BIT, enough).preview(late);
        assertThat(complaints(after, "window.lateness")).isEmpty();
        Preview hour = Previewer.of(TOPIC, Format.FLUENT_BIT, LATENESS)
                .preview(records(null, "{'log':'m','service':'cart','@timestamp':1769857000}"));
        assertThat(hour.problems().get(0).lines()).isEmpty();
        assertThat(hour.problems().get(0).elsewhere()).containsExactly("a faster shipper");
    }

    @ParameterizedTest
    @CsvSource({
        "FLUENT_BIT, '', ''",
        "FLUENT_BIT, 'a: \"b\" #c', '@app'",
        "COLLECTD, '', ''",
        "TEXT, '', ''",
        "TEXT, yes, ''",
        "OTLP_SPANS_PROTOBUF, '', kafka.key"
    })
    void whatIsNeededToReadATopicIsAFileThatIngestTakes(Format format, String service, String from) throws IOException {
        List<String> fields = from.isEmpty() ? List.of() : List.of(from);

        IngestConfig config = pasted(Previewer.lines(TOPIC, format, service, fields));

        TopicSettings topic = Objects.requireNonNull(config.topics().get(TOPIC));
        assertThat(topic.format()).isEqualTo(format);
        assertThat(topic.service()).isIn(service, TOPIC);
        assertThat(topic.serviceFrom()).isEqualTo(format == Format.COLLECTD ? List.of("host") : fields);
    }
}
