package io.faultprint.evaluate.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseTest {

    @TempDir
    Path folder;

    @Test
    void whatTheTruthDoesNotSayHasItsUsualValue() throws IOException {
        Files.writeString(folder.resolve("b.jsonl"), "");
        Files.writeString(folder.resolve("a.otlp.jsonl.gz"), "");
        Files.writeString(folder.resolve("faults.json"), """
                [{"time":"2026-01-05T09:00:00Z","service":"b","type":"slow"},
                 {"time":"2026-01-05T08:00:00Z","end":"2026-01-05T08:02:00Z","service":"a","type":"deploy",
                  "category":"code change","component":"a-db","change":"c-1","visible":["b"],
                  "signs":[{"service":"a","what":"errors","from":"2026-01-05T08:00:10Z"}]}]
                """);

        Case read = Case.of(folder);

        assertThat(read.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.otlp.jsonl.gz", "b.jsonl");
        assertThat(read.faults()).extracting(Fault::service).containsExactly("a", "b");
        Fault full = read.faults().get(0);
        assertThat(full.visible()).containsExactly("a", "b");
        assertThat(full.signs())
                .containsExactly(Instant.parse("2026-01-05T08:00:10Z").toEpochMilli());
        assertThat(full.change()).isEqualTo(Optional.of("c-1"));
        assertThat(full.category()).contains(CauseCategory.CODE_CHANGE);
        assertThat(full.component()).contains("a-db");
        assertThat(full.end()).isEqualTo(Instant.parse("2026-01-05T08:02:00Z").toEpochMilli());
        assertThat(read.faults().get(1).end())
                .isEqualTo(Instant.parse("2026-01-05T09:05:00Z").toEpochMilli());
    }

    @Test
    void withoutATruthNothingWasWrong() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), "");

        assertThat(Case.of(folder).faults()).isEmpty();
    }

    @Test
    void withoutTelemetryThereIsNothingToSay() {
        assertThatThrownBy(() -> Case.of(folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("holds no telemetry");
        assertThatThrownBy(() -> Case.of(folder.resolve("none")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("is no folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                | is no JSON
            {"time":1}                                       | must be a list of faults
            [{"service":"a","type":"t"}]                     | fault 1: time is missing
            [{"time":"2026-01-05T08:00:00Z","type":"t"}]     | fault 1: service is missing
            [{"time":"2026-01-05T08:00:00Z","service":" ","type":"t"}] | fault 1: service is missing
            [{"time":"2026-01-05T08:00:00Z","service":"a"}]  | fault 1: type is missing
            [{"time":"yesterday","service":"a","type":"t"}]  | fault 1: time yesterday: must be like 2026-01-05T08:00:00Z
            [{"time":"2026-01-05T08:00:00Z","service":"a","type":"t","category":"bugs"}] | fault 1: category 'bugs': must be one of code change, configuration change,
            """)
    void aTruthThatCannotBeUnderstood(String json, String message) throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), "");
        Files.writeString(folder.resolve("faults.json"), json);

        assertThatThrownBy(() -> Case.of(folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("faults.json")
                .hasMessageContaining(message);
    }
}
