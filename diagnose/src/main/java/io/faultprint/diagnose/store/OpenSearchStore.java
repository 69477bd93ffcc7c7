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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The store in OpenSearch. Safe for many threads. */
public final class OpenSearchStore implements IncidentStore {

    private static final Map<String, String> NO_QUERY = Map.of();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** OpenSearch's usual bound on what one search returns. */
    private static final int MOST_ROWS = 1_000;

    private final OpenSearchHttp http;
    private final Indices indices;
    private final OpenSearchSetup setup;
    private final Documents documents;
    private final BulkWriter writer;

    /** Builds the client; nothing is sent yet. */
    public OpenSearchStore(OpenSearchSettings settings, Run run) {
        this(settings, run, System::nanoTime);
    }

    OpenSearchStore(OpenSearchSettings settings, Run run, LongSupplier nanos) {
        this.http = new OpenSearchHttp(settings);
        this.indices = new Indices(run);
        this.setup = new OpenSearchSetup(http, indices, settings.create());
        this.writer = new BulkWriter(http, setup, nanos);
        this.documents = new Documents(run);
    }

    @Override
    public void prepare() {
        writer.prepare();
    }

    /**
     * Templates and aliases that must be there, and whether they are; nothing is changed.
     *
     * @throws StoreUnavailable when OpenSearch does not answer
     */
    public List<PlannedIndex> plan() {
        try {
            return setup.plan();
        } catch (IOException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Whether there is anything to read, if only an index of no incidents: to a reader, a name that is not there looks like a
     * quiet system.
     *
     * @throws StoreUnavailable when OpenSearch does not answer, or not to this user
     */
    public boolean readable() {
        return read("GET", "/" + indices.alias(Indices.INCIDENTS) + "/_count", NO_QUERY, null)
                        .status()
                != 404;
    }

    @Override
    public List<Outcome> write(List<Document> batch) {
        return writer.write(batch);
    }

    @Override
    public List<Document> rows(List<Incident> touched, List<Diagnosis> diagnoses) {
        Map<String, Incident> incidents = new LinkedHashMap<>();
        ofClusters(diagnoses).forEach(it -> incidents.put(it.getId(), it));
        touched.forEach(it -> incidents.merge(it.getId(), it, (a, b) -> a.getRevision() > b.getRevision() ? a : b));
        Map<String, Diagnosis> known = diagnosesOf(incidents.values());
        return incidents.values().stream()
                .flatMap(it -> documents.row(it, known.get(String.valueOf(it.getCluster()))).stream())
                .toList();
    }

    /** The newest of each; rows of older ones keep what they said. */
    private List<Incident> ofClusters(List<Diagnosis> diagnoses) {
        if (diagnoses.isEmpty()) {
            return List.of();
        }
        // Searches see what was written up to the last refresh; an incident of a moment ago must not be missed.
        read("POST", "/" + indices.alias(Indices.INCIDENTS) + "/_refresh", NO_QUERY, null);
        ObjectNode body = NODES.objectNode().put("size", MOST_ROWS);
        ArrayNode clusters = body.putObject("query").putObject("terms").putArray("cluster");
        diagnoses.stream().map(Diagnosis::getCluster).distinct().forEach(clusters::add);
        sort(body, "opened", "desc");
        return search(indices.alias(Indices.INCIDENTS), body);
    }

    private Map<String, Diagnosis> diagnosesOf(Iterable<Incident> incidents) {
        Set<String> clusters = new TreeSet<>();
        incidents.forEach(it -> Optional.ofNullable(it.getCluster()).ifPresent(clusters::add));
        Map<String, Diagnosis> known = new HashMap<>();
        if (!clusters.isEmpty()) {
            ObjectNode body = NODES.objectNode();
            clusters.forEach(body.putArray("ids")::add);
            read("POST", "/" + indices.alias(Indices.DIAGNOSES) + "/_mget", NO_QUERY, body.toString())
                    .json()
                    .path("docs")
                    .forEach(found -> {
                        if (found.has("error")) {
                            throw new StoreUnavailable("_mget of diagnoses: "
                                    + found.path("error").path("reason").asText());
                        }
                        if (found.path("found").asBoolean()) {
                            Diagnosis diagnosis = AvroJson.read(found.path("_source"), Diagnosis.class);
                            known.put(diagnosis.getCluster(), diagnosis);
                        }
                    });
        }
        return known;
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
                Map.of(
                        "ignore_unavailable", "true",
                        "allow_no_indices", "true",
                        "allow_partial_search_results", "false"),
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
            boolean readable = answer.ok() && !answer.json().isMissingNode();
            if (!readable && answer.status() != 404) {
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
}
