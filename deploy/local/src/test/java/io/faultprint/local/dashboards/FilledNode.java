package io.faultprint.local.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A node that a run has filled: the types of its fields, and its answers to searches. */
final class FilledNode {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> types = new HashMap<>();
    private final String address;

    FilledNode(String address) {
        this.address = address;
    }

    /** The type of each field of an index or pattern, by its whole name; empty when there is no such index. */
    Map<String, String> fields(String index) {
        return types.computeIfAbsent(index, name -> {
            Map<String, String> found = new TreeMap<>();
            JsonNode answer = ask("GET", "/" + name + "/_mapping", "");
            answer.forEach(each -> add(found, "", each.at("/mappings/properties")));
            return found;
        });
    }

    private static void add(Map<String, String> found, String path, JsonNode properties) {
        properties.properties().forEach(entry -> {
            JsonNode inner = entry.getValue().path("properties");
            if (inner.isObject()) {
                add(found, path + entry.getKey() + ".", inner);
            } else {
                found.put(path + entry.getKey(), entry.getValue().path("type").asText());
            }
        });
    }

    /** As Dashboards asks: what is not there is empty; anything else than an answer is an error. */
    JsonNode search(String index, ObjectNode body) {
        return ask(
                "POST",
                "/" + index + "/_search?ignore_unavailable=true&allow_no_indices=true",
                body.put("track_total_hits", true).toString());
    }

    private JsonNode ask(String method, String path, String json) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + path))
                            .header("content-type", "application/json")
                            .method(method, BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
