package io.faultprint.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What OpenSearch holds of a run, and what it should: content hashes by index and id. */
final class Stored {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Stored() {}

    /**
     * Every document of the run, asked of the node itself; one that is there twice is an error. Without pulses, which the
     * stage gives by itself.
     */
    static Map<String, String> in(String openSearch, Run run) {
        Map<String, String> found = new TreeMap<>();
        String indices = run.index("*") + ",-" + run.index("pulse") + "*";
        ask(openSearch, "POST", "/" + indices + "/_refresh", "");
        String after = "";
        while (true) {
            String body =
                    "{\"size\":5000,\"_source\":[\"contentHash\"],\"sort\":[{\"_index\":\"asc\"},{\"contentHash\":\"asc\"}]"
                            + after + "}";
            JsonNode hits =
                    ask(openSearch, "POST", "/" + indices + "/_search", body).at("/hits/hits");
            if (hits.isEmpty()) {
                return found;
            }
            for (JsonNode hit : hits) {
                String index = hit.path("_index").asText().replaceFirst("-v1$", "");
                String before = found.put(
                        index + "/" + hit.path("_id").asText(),
                        hit.at("/_source/contentHash").asText());
                if (before != null) {
                    throw new IllegalStateException(hit + " is there twice");
                }
            }
            after = ",\"search_after\":" + hits.get(hits.size() - 1).path("sort");
        }
    }

    /** What these records become, the latest revision where there are several. */
    static Map<String, String> of(Run run, Iterable<? extends SpecificRecord> records) {
        Documents documents = new Documents(run);
        Map<String, String> wanted = new TreeMap<>();
        Map<String, Incident> incidents = new LinkedHashMap<>();
        Map<String, Diagnosis> diagnoses = new HashMap<>();
        for (SpecificRecord record : records) {
            documents.of(record).forEach(document -> put(wanted, document));
            if (record instanceof Incident incident) {
                incidents.put(incident.getId(), incident);
            } else if (record instanceof Diagnosis diagnosis) {
                diagnoses.put(diagnosis.getCluster(), diagnosis);
            }
        }
        for (Incident incident : incidents.values()) {
            documents
                    .row(incident, diagnoses.get(String.valueOf(incident.getCluster())))
                    .forEach(document -> put(wanted, document));
        }
        return wanted;
    }

    private static void put(Map<String, String> wanted, Document document) {
        wanted.put(document.index() + "/" + document.id(), document.hash());
    }

    static long count(String openSearch, Run run) {
        ask(openSearch, "POST", "/" + run.index("*") + "/_refresh", "");
        return ask(openSearch, "GET", "/" + run.index("*") + "/_count", "")
                .path("count")
                .asLong();
    }

    private static JsonNode ask(String openSearch, String method, String path, String json) {
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + openSearch + path))
                                    .header("content-type", "application/json")
                                    .method(method, BodyPublishers.ofString(json))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
