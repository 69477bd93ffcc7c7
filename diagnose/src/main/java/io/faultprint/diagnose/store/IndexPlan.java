package io.faultprint.diagnose.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnose.store.PlannedIndex.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How templates and indices stand with the mappings of this version; nothing is changed. */
final class IndexPlan {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MEND =
            "; a type cannot be changed in place: reindex into another index and put the alias"
                    + " there, delete the index when it may be lost, or take another prefix";

    private final OpenSearchSetup setup;
    private final Indices indices;

    IndexPlan(OpenSearchSetup setup, Indices indices) {
        this.setup = setup;
        this.indices = indices;
    }

    List<PlannedIndex> look() throws IOException {
        List<PlannedIndex> plan = new ArrayList<>();
        for (String name : Indices.DATED) {
            plan.add(template(name));
        }
        for (String name : Indices.ALIASES) {
            plan.add(alias(name));
        }
        for (String name : Indices.DATED) {
            days(name, plan);
        }
        return plan;
    }

    private PlannedIndex template(String name) throws IOException {
        String full = indices.alias(name);
        String what = "for " + indices.pattern(name);
        JsonNode there = setup.answered("/_index_template/" + full).at("/index_templates/0/index_template/template");
        if (there.isMissingNode()) {
            return new PlannedIndex("template", full, what, State.MISSING);
        }
        MappingDiff diff = MappingDiff.of(wanted(name), there.path("mappings"));
        // It holds no documents: one that differs in whatever way is replaced.
        List<String> differs = new ArrayList<>(diff.added());
        differs.addAll(diff.conflicts());
        return differs.isEmpty()
                ? new PlannedIndex("template", full, what, State.THERE)
                : new PlannedIndex(
                        "template", full, what + ", to replace for " + String.join(", ", differs), State.OUTDATED);
    }

    private PlannedIndex alias(String name) throws IOException {
        String full = indices.alias(name);
        String what = "for index " + indices.concrete(name);
        if (!setup.aliasThere(full)) {
            return new PlannedIndex("alias", full, what, State.MISSING);
        }
        return compared("alias", full, what, name, setup.answered("/" + full + "/_mapping"));
    }

    /** Of no day there is nothing to say. */
    private void days(String name, List<PlannedIndex> plan) throws IOException {
        String pattern = indices.pattern(name);
        JsonNode found = setup.answered("/" + pattern + "/_mapping");
        if (found.size() > 0) {
            plan.add(compared("days", pattern, "days that are there", name, found));
        }
    }

    private PlannedIndex compared(String kind, String full, String what, String name, JsonNode found)
            throws JsonProcessingException {
        JsonNode wanted = wanted(name);
        Set<String> added = new TreeSet<>();
        List<String> conflicts = new ArrayList<>();
        found.properties().forEach(index -> {
            MappingDiff diff = MappingDiff.of(wanted, index.getValue().path("mappings"));
            added.addAll(diff.added());
            diff.conflicts().forEach(conflict -> conflicts.add("index " + index.getKey() + ": " + conflict));
        });
        if (!conflicts.isEmpty()) {
            return new PlannedIndex(kind, full, String.join("; ", conflicts) + MEND, State.CONFLICT);
        }
        return added.isEmpty()
                ? new PlannedIndex(kind, full, what, State.THERE)
                : new PlannedIndex(kind, full, what + ", to add " + String.join(", ", added), State.OUTDATED);
    }

    private static JsonNode wanted(String name) throws JsonProcessingException {
        return JSON.readTree(Indices.mapping(name));
    }
}
