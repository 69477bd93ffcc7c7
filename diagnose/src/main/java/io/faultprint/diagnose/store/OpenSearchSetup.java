package io.faultprint.diagnose.store;

import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Templates for the dated indices; the ordinary ones with their aliases. Every step may find its work done. */
final class OpenSearchSetup {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSearchSetup.class);

    /** One shard holds far more than a day of snapshots; a copy of it as soon as there is a second node. */
    private static final String SETTINGS =
            "{\"number_of_shards\": 1, \"auto_expand_replicas\": \"0-1\", \"refresh_interval\": \"1s\"}";

    private final OpenSearchHttp http;
    private final Indices indices;

    OpenSearchSetup(OpenSearchHttp http, Indices indices) {
        this.http = http;
        this.indices = indices;
    }

    void run() {
        try {
            for (String name : Indices.DATED) {
                template(name);
            }
            for (String name : Indices.ALIASES) {
                index(name);
            }
        } catch (IOException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private void template(String name) throws IOException {
        String mapping = Indices.mapping(name);
        demand("PUT", "/_index_template/" + indices.alias(name), """
                {"index_patterns": ["%s"], "priority": 200, "template": {"settings": %s, "mappings": %s}}
                """.formatted(
                        indices.pattern(name), SETTINGS, mapping));
        // The days that are there already get new fields too.
        http.call(
                "PUT",
                "/" + indices.pattern(name) + "/_mapping",
                Map.of("ignore_unavailable", "true", "allow_no_indices", "true"),
                mapping);
    }

    private void index(String name) throws IOException {
        String mapping = Indices.mapping(name);
        if (http.call("HEAD", "/_alias/" + indices.alias(name), Map.of()).ok()) {
            demand("PUT", "/" + indices.alias(name) + "/_mapping", mapping);
            return;
        }
        OpenSearchHttp.Answer answer = http.call(
                "PUT",
                "/" + indices.concrete(name),
                Map.of(),
                "{\"settings\": %s, \"mappings\": %s, \"aliases\": {\"%s\": {\"is_write_index\": true}}}"
                        .formatted(SETTINGS, mapping, indices.alias(name)));
        boolean another = answer.json().path("error").path("type").asText().equals("resource_already_exists_exception");
        if (another) {
            LOG.info("{} was made by another process just now", indices.concrete(name));
        } else if (!answer.ok()) {
            throw new StoreUnavailable("PUT /" + indices.concrete(name) + ": " + answer.error());
        }
    }

    private void demand(String method, String path, String body) throws IOException {
        OpenSearchHttp.Answer answer = http.call(method, path, Map.of(), body);
        if (!answer.ok()) {
            throw new StoreUnavailable(method + " " + path + ": " + answer.error());
        }
    }
}
