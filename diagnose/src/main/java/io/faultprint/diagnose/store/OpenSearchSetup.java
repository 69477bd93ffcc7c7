package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private final boolean create;
    private boolean complete;

    /** @param create whether what is missing is created; else it is demanded */
    OpenSearchSetup(OpenSearchHttp http, Indices indices, boolean create) {
        this.http = http;
        this.indices = indices;
        this.create = create;
    }

    /**
     * Sets all up; after the first time, only when something is gone.
     *
     * @throws StoreUnavailable when that cannot be done now, or may not be done and has not been
     */
    void run() {
        try {
            if (complete && there()) {
                return;
            }
            if (!create) {
                demandAll();
                complete = true;
                return;
            }
            for (String name : Indices.DATED) {
                template(name);
            }
            for (String name : Indices.ALIASES) {
                index(name);
            }
            complete = true;
        } catch (IOException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** That all is there, and no more: who may not create may perhaps not look at mappings either. */
    private void demandAll() throws IOException {
        for (String name : Indices.DATED) {
            if (!templateThere(name)) {
                throw missing("template " + indices.alias(name));
            }
        }
        for (String name : Indices.ALIASES) {
            if (!aliasThere(indices.alias(name))) {
                throw missing("alias " + indices.alias(name));
            }
        }
    }

    private static StoreUnavailable missing(String what) {
        return new StoreUnavailable(what
                + ": not there; create it with faultprint setup, or let the stage do it with opensearch.create=true");
    }

    /** Everything that must be there, and how it stands; nothing is changed. */
    List<PlannedIndex> plan() throws IOException {
        return new IndexPlan(this, indices).look();
    }

    private boolean there() throws IOException {
        String aliases = Indices.ALIASES.stream().map(indices::alias).collect(Collectors.joining(","));
        boolean there = aliasThere(aliases);
        for (String name : Indices.DATED) {
            there = there && templateThere(name);
        }
        if (!there) {
            LOG.warn("the store has lost indices or templates; they are set up again");
        }
        return there;
    }

    private boolean templateThere(String name) throws IOException {
        return answered("/_index_template/" + indices.alias(name)).has("index_templates");
    }

    boolean aliasThere(String names) throws IOException {
        Iterator<JsonNode> found = answered("/_alias/" + names).elements();
        return found.hasNext() && found.next().has("aliases");
    }

    /** What is there, as JSON: something in between may answer 200 to anything. */
    JsonNode answered(String path) throws IOException {
        OpenSearchHttp.Answer answer = http.call("GET", path, Map.of());
        if (answer.status() == 404) {
            return MissingNode.getInstance();
        }
        if (!answer.ok() || !answer.json().isObject()) {
            throw new StoreUnavailable("GET " + path + ": " + answer.error());
        }
        return answer.json();
    }

    /**
     * Makes the index of a day from its template.
     *
     * @throws StoreUnavailable when that cannot be done now
     */
    void day(String name) {
        try {
            OpenSearchHttp.Answer answer = http.call("PUT", "/" + name, Map.of(), "{}");
            if (!acknowledged(answer) && !exists(answer)) {
                throw new StoreUnavailable("PUT /" + name + ": " + answer.error());
            }
        } catch (IOException e) {
            throw new StoreUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean acknowledged(OpenSearchHttp.Answer answer) {
        return answer.ok() && answer.json().path("acknowledged").asBoolean();
    }

    private static boolean exists(OpenSearchHttp.Answer answer) {
        return answer.json().path("error").path("type").asText().equals("resource_already_exists_exception");
    }

    private void template(String name) throws IOException {
        String mapping = Indices.mapping(name);
        demand("PUT", "/_index_template/" + indices.alias(name), """
                {"index_patterns": ["%s"], "priority": 200, "template": {"settings": %s, "mappings": %s}}
                """.formatted(
                        indices.pattern(name), SETTINGS, mapping));
        // The days that are there already get new fields too. A day of another shape keeps nobody from working: the
        // documents of today go elsewhere, and setup names the field.
        OpenSearchHttp.Answer days = http.call(
                "PUT",
                "/" + indices.pattern(name) + "/_mapping",
                Map.of("ignore_unavailable", "true", "allow_no_indices", "true"),
                mapping);
        if (!acknowledged(days)) {
            LOG.warn("days of {} did not get their new fields: {}", indices.pattern(name), days.error());
        }
    }

    private void index(String name) throws IOException {
        String mapping = Indices.mapping(name);
        if (aliasThere(indices.alias(name))) {
            demand("PUT", "/" + indices.alias(name) + "/_mapping", mapping);
            return;
        }
        OpenSearchHttp.Answer answer = http.call(
                "PUT",
                "/" + indices.concrete(name),
                Map.of(),
                "{\"settings\": %s, \"mappings\": %s, \"aliases\": {\"%s\": {\"is_write_index\": true}}}"
                        .formatted(SETTINGS, mapping, indices.alias(name)));
        if (exists(answer)) {
            LOG.info("{} was made by another process just now", indices.concrete(name));
        } else if (!acknowledged(answer)) {
            throw new StoreUnavailable("PUT /" + indices.concrete(name) + ": " + answer.error());
        }
    }

    private void demand(String method, String path, String body) throws IOException {
        OpenSearchHttp.Answer answer = http.call(method, path, Map.of(), body);
        if (!acknowledged(answer)) {
            throw new StoreUnavailable(method + " " + path + ": " + answer.error());
        }
    }
}
