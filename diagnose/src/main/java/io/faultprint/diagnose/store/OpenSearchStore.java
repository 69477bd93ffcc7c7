package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The store in OpenSearch. Safe for many threads. */
public final class OpenSearchStore implements IncidentStore {

    /** Far below OpenSearch's own limit for one request (100 MB), and a size it indexes at full speed. */
    private static final int MOST_BYTES = 5 << 20;

    private static final Map<String, String> NO_QUERY = Map.of();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final OpenSearchHttp http;
    private final Indices indices;
    private final OpenSearchSetup setup;

    /** Builds the client; nothing is sent yet. */
    public OpenSearchStore(OpenSearchSettings settings, Run run) {
        this.http = new OpenSearchHttp(settings);
        this.indices = new Indices(run);
        this.setup = new OpenSearchSetup(http, indices);
    }

    @Override
    public void prepare() {
        setup.run();
    }

    @Override
    public List<Outcome> write(List<Document> documents) {
        List<Outcome> outcomes = new ArrayList<>(documents.size());
        int from = 0;
        while (from < documents.size()) {
            int to = from;
            long bytes = 0;
            while (to < documents.size()
                    && (to == from || bytes + documents.get(to).json().length() <= MOST_BYTES)) {
                bytes += documents.get(to++).json().length();
            }
            outcomes.addAll(writeOnce(documents.subList(from, to)));
            from = to;
        }
        return outcomes;
    }

    private List<Outcome> writeOnce(List<Document> documents) {
        try {
            OpenSearchHttp.Answer answer = http.lines("/_bulk", NO_QUERY, Bulk.body(documents));
            if (answer.ok()) {
                return settle(documents, answer.json().path("items"));
            }
            boolean ours = answer.status() == 400 || answer.status() == 413;
            if (ours && documents.size() > 1) {
                // One of them spoils the request as a whole: halve until it stands alone.
                List<Outcome> outcomes = new ArrayList<>(writeOnce(documents.subList(0, documents.size() / 2)));
                outcomes.addAll(writeOnce(documents.subList(documents.size() / 2, documents.size())));
                return outcomes;
            }
            return all(documents, ours ? new Outcome.Refused(answer.error()) : new Outcome.Retry(answer.error()));
        } catch (IOException e) {
            return all(documents, new Outcome.Retry(e.toString()));
        }
    }

    private List<Outcome> settle(List<Document> documents, JsonNode items) throws IOException {
        if (items.size() != documents.size()) {
            return all(documents, new Outcome.Retry(items.size() + " answers for " + documents.size() + " documents"));
        }
        List<Optional<Outcome>> outcomes = new ArrayList<>();
        List<Document> conflicts = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            Optional<Outcome> outcome = Bulk.outcome(items.get(i));
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

    @Override
    public List<Incident> incidents(IncidentQuery query) {
        ObjectNode body = NODES.objectNode().put("size", query.limit());
        ArrayNode filter = body.putObject("query").putObject("bool").putArray("filter");
        query.environment().ifPresent(it -> filter.addObject().putObject("term").put("environment", it));
        query.status().ifPresent(it -> filter.addObject().putObject("term").put("status", it.name()));
        query.since()
                .ifPresent(it -> filter.addObject()
                        .putObject("range")
                        .putObject("opened")
                        .put("gte", it));
        sort(body, "opened", "desc");
        return search(indices.alias(Indices.INCIDENTS), body);
    }

    @Override
    public Optional<IncidentView> incident(String id) {
        return get(Indices.INCIDENTS, id, Incident.class).map(incident -> {
            Optional<String> cluster = Optional.ofNullable(incident.getCluster());
            return new IncidentView(
                    incident,
                    cluster.flatMap(it -> get(Indices.CLUSTERS, it, Cluster.class)),
                    cluster.flatMap(this::diagnosis),
                    revisions(id));
        });
    }

    @Override
    public Optional<Diagnosis> diagnosis(String cluster) {
        return get(Indices.DIAGNOSES, cluster, Diagnosis.class);
    }

    private List<Incident> revisions(String id) {
        ObjectNode body = NODES.objectNode().put("size", IncidentQuery.MOST);
        body.putObject("query").putObject("term").put("id", id);
        sort(body, "revision", "asc");
        return search(indices.pattern(Indices.INCIDENT_REVISIONS), body);
    }

    private static void sort(ObjectNode body, String field, String order) {
        ArrayNode sort = body.putArray("sort");
        sort.addObject().putObject(field).put("order", order);
        sort.addObject().putObject("id").put("order", "asc");
    }

    private List<Incident> search(String index, ObjectNode body) {
        OpenSearchHttp.Answer answer = read(
                "POST",
                "/" + index + "/_search",
                Map.of("ignore_unavailable", "true", "allow_no_indices", "true"),
                body.toString());
        List<Incident> found = new ArrayList<>();
        answer.json()
                .path("hits")
                .path("hits")
                .forEach(hit -> found.add(AvroJson.read(hit.path("_source"), Incident.class)));
        return found;
    }

    private <T extends SpecificRecord> Optional<T> get(String name, String id, Class<T> type) {
        String path = "/" + indices.alias(name) + "/_doc/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        OpenSearchHttp.Answer answer = read("GET", path, NO_QUERY, null);
        return answer.json().path("found").asBoolean()
                ? Optional.of(AvroJson.read(answer.json().path("_source"), type))
                : Optional.empty();
    }

    private OpenSearchHttp.Answer read(String method, String path, Map<String, String> query, @Nullable String json) {
        try {
            OpenSearchHttp.Answer answer =
                    json == null ? http.call(method, path, query) : http.call(method, path, query, json);
            if (!answer.ok() && answer.status() != 404) {
                throw new StoreUnavailable(method + " " + path + ": " + answer.error());
            }
            return answer;
        } catch (IOException e) {
            throw new StoreUnavailable(method + " " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> deleteBefore(LocalDate day) {
        List<String> deleted = new ArrayList<>();
        for (String name : Indices.DATED) {
            OpenSearchHttp.Answer answer =
                    read("GET", "/_cat/indices/" + indices.pattern(name), Map.of("format", "json", "h", "index"), null);
            for (JsonNode row : answer.json()) {
                String index = row.path("index").asText();
                if (indices.dayOf(index).filter(it -> it.isBefore(day)).isPresent()) {
                    read("DELETE", "/" + index, NO_QUERY, null);
                    deleted.add(index);
                }
            }
        }
        return deleted.stream().sorted().toList();
    }

    @Override
    public void close() {
        http.close();
    }

    private static List<Outcome> all(List<Document> documents, Outcome outcome) {
        return documents.stream().map(document -> outcome).toList();
    }
}
