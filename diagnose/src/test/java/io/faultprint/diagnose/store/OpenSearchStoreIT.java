package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.diagnose.Records;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real node, and what only a real node can show. */
class OpenSearchStoreIT extends IncidentStoreContract {

    private static NodeProcess node;

    @BeforeAll
    static void startNode(@TempDir Path directory) {
        node = Nodes.openSearch(directory);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Override
    IncidentStore create(Run run) {
        return new OpenSearchStore(OpenSearchSettings.at("http://" + node.address()), run);
    }

    @Override
    void refresh() {
        http("POST", "/_refresh");
    }

    @Test
    void aDocumentThatTheNodeRefusesStandsAloneWithTheReason() {
        Document good = documents().of(Records.snapshot("cart", Records.START)).get(0);
        Document bad = new Document(
                good.index(), "bad", Document.Rule.ONCE, 0, "h", "{\"windowStart\": \"soon\", \"contentHash\": \"h\"}");
        Document broken = new Document(good.index(), "broken", Document.Rule.ONCE, 0, "h", "{\"service\":");
        Document other =
                documents().of(Records.snapshot("frontend", Records.START)).get(0);

        List<Outcome> outcomes = store().write(List.of(good, bad, broken, other));

        assertThat(outcomes)
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Done", "Refused", "Refused", "Done");
        assertThat(((Outcome.Refused) outcomes.get(1)).reason()).contains("windowStart");
    }

    @Test
    void writingBeforePreparingMakesNoIndexOfTheAliasName() {
        Run other = new Run("faultprint", "unprepared");
        try (IncidentStore unprepared = create(other)) {
            List<Outcome> outcomes =
                    unprepared.write(new Documents(other).of(Records.cluster("clu1-1", 1, 1, "inc1-1")));

            assertThat(outcomes).allMatch(Outcome.Retry.class::isInstance);
            assertThat(http("GET", "/_cat/indices?h=index")).doesNotContain(other.index("clusters"));
        }
    }

    @Test
    void manyDocumentsGoInSeveralRequests() {
        List<Document> many = java.util.stream.IntStream.range(0, 3000)
                .mapToObj(i -> documents()
                        .of(io.faultprint.snapshot.Snapshot.newBuilder(Records.snapshot("s" + i, Records.START))
                                .setVersions(List.of("v".repeat(4000)))
                                .build())
                        .get(0))
                .toList();

        assertThat(store().write(many)).hasSize(3000).allMatch(Outcome.Done.class::isInstance);
    }

    @Test
    void aNodeThatIsAwayMeansRetryForWritesAndAClearErrorForReads() {
        try (IncidentStore away = new OpenSearchStore(OpenSearchSettings.at("http://127.0.0.1:1"), run())) {
            assertThat(away.write(documents().of(Records.snapshot("cart", Records.START))))
                    .allMatch(Outcome.Retry.class::isInstance);
            assertThatThrownBy(() -> away.incident("inc1-1"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("inc1-1");
            assertThatThrownBy(away::prepare).isInstanceOf(StoreUnavailable.class);
        }
    }

    private static String http(String method, String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + node.address() + path))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
