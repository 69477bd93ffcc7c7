package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's writing half: bulk requests of a bounded size, and for each document what became of it. Writes only where
 * templates and indices are known to be there: a store that came back empty would else make indices of its own.
 */
final class BulkWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

    /** Far below OpenSearch's own limit for one request (100 MB), and a size it indexes at full speed. */
    private static final int MOST_BYTES = 5 << 20;

    /** What stands before OpenSearch may take less; below this, one document alone may be too large. */
    private static final int LEAST_BYTES = 64 << 10;

    /** No node comes back empty within this time. */
    private static final long SURE_NANOS = 5_000_000_000L;

    private static final Map<String, String> NO_QUERY = Map.of();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final OpenSearchHttp http;
    private final OpenSearchSetup setup;
    private final Set<String> missing = new TreeSet<>();
    private final LongSupplier nanos;
    private int mostBytes = MOST_BYTES;
    private boolean sure;
    private long answered;

    BulkWriter(OpenSearchHttp http, OpenSearchSetup setup, LongSupplier nanos) {
        this.http = http;
        this.setup = setup;
        this.nanos = nanos;
    }

    /** Sets up what is missing. */
    synchronized void prepare() {
        setup.run();
        for (String day : List.copyOf(missing)) {
            setup.day(day);
            missing.remove(day);
        }
        sure = true;
        answered = nanos.getAsLong();
    }

    synchronized List<Outcome> write(List<Document> documents) {
        if (!sure || nanos.getAsLong() - answered > SURE_NANOS) {
            try {
                prepare();
            } catch (StoreUnavailable e) {
                return all(documents, new Outcome.Retry(String.valueOf(e.getMessage())));
            }
        }
        List<Outcome> outcomes = new ArrayList<>(documents.size());
        while (outcomes.size() < documents.size()) {
            List<Document> rest = documents.subList(outcomes.size(), documents.size());
            List<Document> part = rest.subList(0, fitting(rest));
            try {
                outcomes.addAll(send(part));
                answered = nanos.getAsLong();
            } catch (IOException e) {
                // Who does not answer the first part is not asked for the others.
                sure = false;
                outcomes.addAll(all(rest, new Outcome.Retry(String.valueOf(e.getMessage()))));
            }
        }
        return outcomes;
    }

    private int fitting(List<Document> documents) {
        long bytes = 0;
        int count = 0;
        for (Document document : documents) {
            bytes += document.json().length();
            if (count > 0 && bytes > mostBytes) {
                break;
            }
            count++;
        }
        return count;
    }

    private List<Outcome> send(List<Document> documents) throws IOException {
        byte[] body = Bulk.body(documents);
        OpenSearchHttp.Answer answer = http.lines("/_bulk", NO_QUERY, body);
        if (answer.ok()) {
            return settle(documents, answer.json().path("items"));
        }
        Outcome outcome = Bulk.outcome(answer, body.length);
        if (outcome instanceof Outcome.Refused && documents.size() > 1) {
            if (answer.status() == 413 && mostBytes > LEAST_BYTES) {
                mostBytes = Math.max(LEAST_BYTES, Math.min(mostBytes, body.length) / 2);
                LOG.info(
                        "{} bytes are too large a request for the store; from now on {} at most",
                        body.length,
                        mostBytes);
            }
            // One of them spoils the request as a whole: halve until it stands alone.
            List<Outcome> outcomes = new ArrayList<>(send(documents.subList(0, documents.size() / 2)));
            outcomes.addAll(send(documents.subList(documents.size() / 2, documents.size())));
            return outcomes;
        }
        return all(documents, outcome);
    }

    private List<Outcome> settle(List<Document> documents, JsonNode items) throws IOException {
        if (items.size() != documents.size()) {
            throw new IOException("an answer for " + items.size() + " of " + documents.size() + " documents");
        }
        List<Optional<Outcome>> outcomes = new ArrayList<>();
        List<Document> conflicts = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode result = items.get(i).elements().next();
            if (result.path("status").asInt() == 404) {
                absent(documents.get(i));
            }
            Optional<Outcome> outcome = Bulk.outcome(result);
            outcomes.add(outcome);
            if (outcome.isEmpty()) {
                conflicts.add(documents.get(i));
            }
        }
        var settled = (conflicts.isEmpty() ? List.<Outcome>of() : conflicts(conflicts)).iterator();
        return outcomes.stream()
                .map(outcome -> outcome.orElseGet(settled::next))
                .toList();
    }

    /** A cluster may be told to make no index by itself ({@code action.auto_create_index}); then the day is ours to make. */
    private void absent(Document document) {
        sure = false;
        if (document.rule() == Document.Rule.ONCE) {
            missing.add(document.index());
        }
    }

    private List<Outcome> conflicts(List<Document> documents) throws IOException {
        ObjectNode body = NODES.objectNode();
        ArrayNode docs = body.putArray("docs");
        for (Document document : documents) {
            docs.addObject()
                    .put("_index", document.index())
                    .put("_id", document.id())
                    .putArray("_source")
                    .add(Indices.CONTENT_HASH);
        }
        OpenSearchHttp.Answer answer = http.call("POST", "/_mget", NO_QUERY, body.toString());
        if (!answer.ok()) {
            return all(documents, new Outcome.Retry(answer.error()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode found = answer.json().path("docs").path(i);
            outcomes.add(
                    found.path("found").asBoolean()
                            ? Bulk.settle(
                                    documents.get(i),
                                    found.path("_version").asLong(),
                                    found.path("_source")
                                            .path(Indices.CONTENT_HASH)
                                            .asText())
                            // Deleted between the write and the look.
                            : new Outcome.Retry("conflict with a document that is gone"));
        }
        return outcomes;
    }

    private static List<Outcome> all(List<Document> documents, Outcome outcome) {
        return documents.stream().map(document -> outcome).toList();
    }
}
