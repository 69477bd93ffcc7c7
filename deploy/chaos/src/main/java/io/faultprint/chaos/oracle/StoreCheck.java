package io.faultprint.chaos.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.id.Ids;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the topics say is in OpenSearch, each thing once, in its latest revision, and nothing else. */
final class StoreCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 5_000;

    private final URI node;
    private final HttpClient client = HttpClient.newHttpClient();

    StoreCheck(URI node) {
        this.node = node;
    }

    Finding look(Said said) throws InterruptedException {
        Map<String, Long> expected = expected(said);
        List<String> wrong = new ArrayList<>();
        try {
            Map<String, Long> there = there(wrong);
            expected.forEach((what, revision) -> {
                Long found = there.get(what);
                if (found == null) {
                    wrong.add(what + " is not there");
                } else if (!found.equals(revision)) {
                    wrong.add("%s is there as %d, the topic's latest is %d".formatted(what, found, revision));
                }
            });
            there.keySet().stream()
                    .filter(what -> !expected.containsKey(what))
                    .forEach(what -> wrong.add(what + " is there, and no topic says it"));
        } catch (IOException e) {
            wrong.add("OpenSearch does not answer: " + e);
        }
        return Finding.of(
                "OpenSearch holds what the topics say, each once",
                wrong.isEmpty() ? "" : wrong.size() + " wrong, the first: " + wrong.get(0),
                "%,d documents".formatted(expected.size()));
    }

    /** By index and id: the revision or count that must be there. */
    private static Map<String, Long> expected(Said said) {
        Map<String, Long> all = new HashMap<>();
        for (Snapshot it : said.snapshots) {
            String id = Ids.hash(it.getEnvironment(), it.getService(), Long.toString(it.getWindowStart()));
            all.put("snapshots " + id, it.getLogs());
        }
        for (Incident it : said.incidents) {
            all.put("incident-revisions " + it.getId() + "-" + it.getRevision(), (long) it.getRevision());
            all.merge("incidents " + it.getId(), (long) it.getRevision(), Math::max);
        }
        for (Cluster it : said.clusters) {
            all.merge("clusters " + it.getId(), (long) it.getRevision(), Math::max);
        }
        for (SignatureEntry it : said.signatures) {
            all.merge(
                    "signatures " + Ids.hash(it.getEnvironment(), it.getService(), it.getId()),
                    it.getLastSeen(),
                    Math::max);
        }
        for (Diagnosis it : said.diagnoses) {
            all.merge("diagnoses " + it.getCluster(), (long) it.getRevision(), Math::max);
            if (it.getState() != DiagnosisState.CLAIMED) {
                for (Evidence evidence : it.getEvidence()) {
                    all.put("evidence " + it.getCluster() + "-" + it.getGeneration() + "-" + evidence.getId(), 0L);
                }
            }
        }
        return all;
    }

    private Map<String, Long> there(List<String> wrong) throws IOException, InterruptedException {
        Map<String, Long> all = new TreeMap<>();
        call("POST", "/_refresh", "");
        for (String name : List.of(
                "snapshots", "incidents", "incident-revisions", "clusters", "diagnoses", "signatures", "evidence")) {
            String pattern = WorldSettings.RUN.index(name) + (dated(name) ? "-2*" : "");
            JsonNode page = call(
                    "POST",
                    "/" + pattern + "/_search?scroll=1m&ignore_unavailable=true",
                    "{\"size\":%d,\"_source\":[\"revision\",\"logs\",\"lastSeen\"]}".formatted(PAGE));
            while (!page.path("hits").path("hits").isEmpty()) {
                for (JsonNode hit : page.path("hits").path("hits")) {
                    String what = name + " " + hit.path("_id").asText();
                    if (all.put(what, version(name, hit.path("_source"))) != null) {
                        wrong.add(what + " is in two indices, one of them "
                                + hit.path("_index").asText());
                    }
                }
                page = call(
                        "POST",
                        "/_search/scroll",
                        "{\"scroll\":\"1m\",\"scroll_id\":\"%s\"}"
                                .formatted(page.path("_scroll_id").asText()));
            }
        }
        return all;
    }

    private static boolean dated(String name) {
        return name.equals("snapshots") || name.equals("incident-revisions") || name.equals("evidence");
    }

    private static long version(String name, JsonNode source) {
        return switch (name) {
            case "snapshots" -> source.path("logs").asLong();
            case "signatures" -> source.path("lastSeen").asLong();
            case "evidence" -> 0;
            default -> source.path("revision").asLong();
        };
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
