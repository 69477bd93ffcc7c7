package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.chaos.endpoint.OpenSearchProxy;
import io.faultprint.chaos.endpoint.StoreMode;
import io.faultprint.chaos.endpoint.StoreMode.Garbage;
import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.Servers;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on a real node, and what only a real node can show. */
class OpenSearchStoreIT extends IncidentStoreContract {

    private static final String NODE = Servers.shared().openSearch();

    @Override
    IncidentStore create(Run run) {
        return new OpenSearchStore(OpenSearchSettings.at("http://" + NODE), run);
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
    void whatWasNotPreparedIsBeforeTheFirstDocument() {
        Run other = new Run("faultprint", "unprepared");
        try (IncidentStore unprepared = create(other)) {
            assertThat(unprepared.write(new Documents(other).of(Records.cluster("clu1-1", 1, 1, "inc1-1"))))
                    .containsExactly(Outcome.DONE);

            assertThat(http("GET", "/_cat/indices?h=index"))
                    .doesNotContainPattern(other.index("clusters") + "\\s")
                    .contains(other.index("clusters") + "-v1");
        }
    }

    /** What is wrong with the store, how it is mended, and by whom when not by us. */
    static Stream<Arguments> states() {
        return Stream.of(
                state("a read-only index", "PUT /{clusters}/_settings {'index.blocks.read_only':true}", """
                        PUT /{clusters}/_settings {'index.blocks.read_only':null}"""),
                state(
                        "a full disk",
                        "PUT /{clusters},{snapshots}-*/_settings {'index.blocks.read_only_allow_delete':true}",
                        "PUT /{clusters},{snapshots}-*/_settings {'index.blocks.read_only_allow_delete':null}"),
                state("a closed index", "POST /{clusters}-v1/_close", "POST /{clusters}-v1/_open"),
                state("a closed day", "POST /{snapshots}-2026.11.22/_close", "POST /{snapshots}-2026.11.22/_open"),
                state(
                        "an alias without an index to write to",
                        "PUT /{clusters}-v2 {'aliases':{'{clusters}':{}}}"
                                + "| POST /_aliases {'actions':[{'add':{'index':'{clusters}-v1','alias':'{clusters}',"
                                + "'is_write_index':false}}]}",
                        "DELETE /{clusters}-v2 | POST /_aliases {'actions':[{'add':{'index':'{clusters}-v1',"
                                + "'alias':'{clusters}','is_write_index':true}}]}"),
                state(
                        "no room for another shard",
                        "PUT /_cluster/settings {'transient':{'cluster.max_shards_per_node':1}}"
                                + "| DELETE /{snapshots}-2026.11.22",
                        "PUT /_cluster/settings {'transient':{'cluster.max_shards_per_node':null}}"),
                state("an index that is gone", "DELETE /{clusters}-v1", ""),
                state(
                        "indices that are not made by themselves",
                        "PUT /_cluster/settings {'transient':{'action.auto_create_index':'false'}}"
                                + "| DELETE /{snapshots}-2026.11.22",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("states")
    void noStateOfTheStoreIsTheDocumentsFault(String wrong, String mend) {
        Document snapshot =
                documents().of(Records.snapshot("cart", Records.START)).get(0);
        assertThat(store().write(List.of(snapshot))).containsExactly(Outcome.DONE);
        List<Document> later = List.of(
                documents().of(Records.snapshot("frontend", Records.START)).get(0),
                documents().of(Records.cluster("clu1-1", 1, 1, "inc1-1")).get(0));
        try {
            requests(wrong);
            List<Outcome> during = store().write(later);
            assertThat(during).noneMatch(it -> it instanceof Outcome.Refused || it instanceof Outcome.Stale);
            assertThat(during).anyMatch(Outcome.Retry.class::isInstance);
        } finally {
            requests(mend);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> store().write(later).stream().allMatch(Outcome.DONE::equals));
            requests("PUT /_cluster/settings {'transient':{'action.auto_create_index':null}}");
        }
        assertThat(store().write(later)).allMatch(Outcome.DONE::equals);
        // Nothing was made by a document in place of a template.
        assertThat(http("GET", "/" + run().index("snapshots") + "-2026.11.22/_mapping"))
                .contains("\"dynamic\":\"false\"");
    }

    @Test
    void aStoreThatCameBackEmptyGetsItsTemplatesBeforeTheFirstDocument() {
        AtomicLong nanos = new AtomicLong();
        try (OpenSearchStore store = new OpenSearchStore(OpenSearchSettings.at("http://" + NODE), run(), nanos::get)) {
            List<Document> documents = documents().of(Records.snapshot("cart", Records.START));
            assertThat(store.write(documents)).containsExactly(Outcome.DONE);
            requests("DELETE /{clusters}-v1 | DELETE /{incidents}-v1 | DELETE /{snapshots}-2026.11.22"
                    + "| DELETE /_index_template/{snapshots} | DELETE /_index_template/{evidence}");

            nanos.addAndGet(Duration.ofSeconds(6).toNanos());

            assertThat(store.write(documents)).containsExactly(Outcome.DONE);
            assertThat(store.write(documents().of(Records.cluster("clu1-1", 1, 1, "inc1-1"))))
                    .containsExactly(Outcome.DONE);
            assertThat(http("GET", "/" + run().index("snapshots") + "-2026.11.22/_mapping"))
                    .contains("\"dynamic\":\"false\"");
        }
    }

    /** Also a 400 with a page in place of an answer, as an intermediary gives it, is not about any document. */
    @ParameterizedTest
    @EnumSource(Garbage.Kind.class)
    void anAnswerThatNobodyCanUseIsAskedForAgain(Garbage.Kind kind) {
        List<Document> some = List.of(
                documents().of(Records.snapshot("cart", Records.START)).get(0),
                documents().of(Records.cluster("clu1-1", 1, 1, "inc1-1")).get(0));
        try (OpenSearchProxy proxy = new OpenSearchProxy(NODE, 1);
                IncidentStore store = new OpenSearchStore(OpenSearchSettings.at("http://" + proxy.address()), run())) {
            store.prepare();
            proxy.mode(new Garbage(kind));
            assertThat(store.write(some)).hasSize(2).allMatch(Outcome.Retry.class::isInstance);

            proxy.mode(new StoreMode.Pass());

            assertThat(store.write(some)).hasSize(2).allMatch(Outcome.DONE::equals);
        }
    }

    private static Arguments state(String name, String wrong, String mend) {
        return Arguments.of(Named.of(name, wrong), mend);
    }

    private void requests(String lines) {
        for (String line : lines.replace('\'', '"').split("\\|", -1)) {
            if (line.isBlank()) {
                continue;
            }
            String named = line.strip();
            for (String index : List.of("clusters", "incidents", "snapshots", "evidence")) {
                named = named.replace("{" + index + "}", run().index(index));
            }
            String[] words = named.split(" ", 3);
            assertThat(http(words[0], words[1], words.length > 2 ? words[2] : ""))
                    .as(named)
                    .contains("\"acknowledged\":true");
        }
    }

    @Test
    void whatAnEarlierVersionMadeGetsTheNewFieldsInPlace() {
        Run old = new Run("faultprint", "upgraded");
        String oncall = old.index("oncall");
        String ticks = old.index("ticks");
        http("PUT", "/_index_template/" + ticks, """
                {"index_patterns": ["%s-*"], "template": {"mappings": {"dynamic": false, "properties": {"source": {"type": "integer"}}}}}
                """.formatted(ticks));
        http("PUT", "/" + ticks + "-2026.01.05");
        http("PUT", "/" + oncall + "-v1", """
                {"mappings": {"dynamic": false, "properties": {"incident": {"type": "keyword"}}}, "aliases": {"%s": {"is_write_index": true}}}
                """.formatted(oncall));
        try (OpenSearchStore store = new OpenSearchStore(OpenSearchSettings.at("http://" + NODE), old)) {
            assertThat(store.plan())
                    .filteredOn(it -> it.state() == PlannedIndex.State.OUTDATED)
                    .extracting(it -> it.kind() + " " + it.name())
                    .containsExactly("template " + ticks, "alias " + oncall, "days " + ticks + "-*");
            assertThat(store.plan())
                    .filteredOn(it -> it.name().equals(oncall))
                    .allSatisfy(it -> assertThat(it.what()).contains("to add around, asOf, candidate"));

            store.prepare();

            assertThat(store.plan())
                    .extracting(PlannedIndex::state)
                    .isNotEmpty()
                    .containsOnly(PlannedIndex.State.THERE);
            assertThat(http("GET", "/" + ticks + "-2026.01.05/_mapping")).contains("\"unaccounted\"");
        }
    }

    @Test
    void aFieldOfAnotherTypeIsNamedWithItsIndexBothTypesAndTheMend() {
        Run other = new Run("faultprint", "crossed");
        String oncall = other.index("oncall");
        http("PUT", "/" + oncall + "-v1", """
                {"mappings": {"properties": {"title": {"type": "text"}}}, "aliases": {"%s": {"is_write_index": true}}}
                """.formatted(oncall));
        try (OpenSearchStore store = new OpenSearchStore(OpenSearchSettings.at("http://" + NODE), other)) {
            assertThat(store.plan())
                    .filteredOn(it -> it.state() == PlannedIndex.State.CONFLICT)
                    .singleElement()
                    .satisfies(it -> assertThat(it.what())
                            .startsWith("index " + oncall + "-v1: field title is text, must be keyword")
                            .contains("reindex into another index"));
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
        return http(method, path, "");
    }

    private static String http(String method, String path, String json) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + NODE + path))
                                    .header("content-type", "application/json")
                                    .method(method, HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
