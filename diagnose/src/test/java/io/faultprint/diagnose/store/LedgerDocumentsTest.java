package io.faultprint.diagnose.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.letter.Letter;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LedgerDocumentsTest {

    private static final long DAY = 86_400_000;

    private final LedgerDocuments documents = new LedgerDocuments(Run.MAIN);

    @Test
    void aTickIsOneDocumentForEachKindAndSaysWhatIsMissing() throws IOException {
        Tick tick = tick(List.of(
                new LossCount("logs", 10L, 6L, 1L, 1L, 1L, 0L), new LossCount("spans", 5L, 5L, 0L, 0L, 0L, 0L)));

        List<Document> made = documents.tick(tick, 7, 3 * DAY + 4_000);

        assertThat(made)
                .hasSize(2)
                .isEqualTo(documents.tick(tick, 7, 3 * DAY + 4_000))
                .allSatisfy(it -> assertThat(it.index()).isEqualTo("faultprint-ticks-1970.01.04"));
        assertThat(json(made.get(0)).path("unaccounted").asLong()).isEqualTo(1);
        assertThat(json(made.get(0)).path("delaySeconds").asDouble()).isEqualTo(4.0);
        assertThat(json(made.get(1)).path("unaccounted").asLong()).isZero();
        assertThat(made.get(0).id()).isNotEqualTo(made.get(1).id());
    }

    @Test
    void aTickThatCountsNothingStillSaysHowFarItIs() throws IOException {
        JsonNode json = json(documents.tick(tick(List.of()), 7, 3 * DAY).get(0));

        assertThat(json.path("upTo").asLong()).isEqualTo(3 * DAY);
        assertThat(json.has("in")).isFalse();
    }

    @Test
    void aLetterIsItsHeadersAndNothingOfWhatItHolds() throws IOException {
        Headers headers = headers(Map.of(
                Letter.STAGE, "ingest",
                Letter.CAUSE, "NO_SERVICE",
                Letter.MESSAGE, "said a@b.example",
                Letter.PLACE, "POST /v1/logs",
                Letter.TIME, "5"));

        Document made = documents
                .letter(2, 1417, DAY, headers, 99, text -> text.replace("a@b.example", "<email>"))
                .get(0);

        assertThat(made.index()).isEqualTo("faultprint-dead-letters-1970.01.02");
        assertThat(made.id()).isEqualTo("2-1417");
        JsonNode json = json(made);
        assertThat(json.path("cause").asText()).isEqualTo("NO_SERVICE");
        assertThat(json.path("message").asText()).isEqualTo("said <email>");
        assertThat(json.path("bytes").asInt()).isEqualTo(99);
    }

    @Test
    void aMarkThatALetterWasSentAgainIsNoLetter() {
        assertThat(documents.letter(0, 1, DAY, headers(Map.of(Letter.MARK, "0-0")), 0, text -> text))
                .isEmpty();
    }

    /** Anybody can write into the topic; a header that no field takes would be a document that is refused for good. */
    @Test
    void whatSomebodyElseWroteIsListedWithoutWhatNoFieldTakes() throws IOException {
        Headers headers = headers(Map.of(
                Letter.TIME, "9999999999999999",
                Letter.PARTITION, "4294967296",
                Letter.OFFSET, "-7",
                Letter.REDRIVEN_COUNT, "often",
                Letter.CAUSE, "x".repeat(40_000)));
        headers.add(Letter.DOOR, null);

        JsonNode json =
                json(documents.letter(0, 1, DAY, headers, 0, text -> text).get(0));

        assertThat(json.path("stage").asText()).isEqualTo("unknown");
        assertThat(json.path("cause").asText()).hasSizeLessThan(1_100);
        assertThat(List.of("time", "partition", "offset", "redriven", "door")).noneMatch(json::has);
    }

    private static Tick tick(List<LossCount> counts) {
        return new Tick(0, 4, 3 * DAY, true, false, counts, 0, 1, List.of());
    }

    private static Headers headers(Map<String, String> values) {
        Headers headers = new RecordHeaders();
        values.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    private static JsonNode json(Document document) throws IOException {
        return new ObjectMapper().readTree(document.json());
    }
}
