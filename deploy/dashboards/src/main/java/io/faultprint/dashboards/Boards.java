package io.faultprint.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.dashboards.SavedObject.Kind;
import java.util.ArrayList;
import java.util.List;

/** Dashboards with their panels. */
final class Boards {

    /** In this order they are listed. */
    private static final List<String> FILES =
            List.of("on-call.yaml", "incident.yaml", "system-state.yaml", "pipeline.yaml");

    private static final String DEFAULT_PREFIX = "faultprint";

    /** Of the format of a panel; without it 2.19 shows a blank page. Not the version of who imports it. */
    private static final String PANEL_VERSION = "2.8.0";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String prefix;
    private final Panels panels;

    Boards(String prefix) {
        this.prefix = prefix;
        this.panels = new Panels(prefix);
    }

    /** Each dashboard behind the panels that it points to. */
    List<SavedObject> all() {
        List<SavedObject> made = new ArrayList<>();
        for (String file : FILES) {
            board(Source.read(file, prefix), file, made);
        }
        return made;
    }

    private void board(ObjectNode source, String file, List<SavedObject> made) {
        ArrayNode placed = NODES.arrayNode();
        List<SavedObject.Reference> references = new ArrayList<>();
        for (JsonNode panel : Source.need(source, "panels", file)) {
            SavedObject object = panels.of(panel);
            made.add(object);
            String name = "panel_" + references.size();
            references.add(new SavedObject.Reference(name, object.kind(), object.id()));
            placed.add(placed(panel, object.id(), name));
        }
        JsonNode time = Source.need(source, "time", file);
        int seconds = time.path("refreshSeconds").asInt(0);
        ObjectNode attributes = NODES.objectNode()
                .put("title", Source.need(source, "title", file).asText() + suffix())
                .put("description", source.path("description").asText())
                .put("hits", 0)
                .put("panelsJSON", placed.toString())
                .put("optionsJSON", "{\"hidePanelTitles\":false,\"useMargins\":true}")
                .put("version", 1)
                .put("timeRestore", true)
                .put("timeFrom", Source.need(time, "from", file).asText())
                .put("timeTo", Source.need(time, "to", file).asText());
        attributes.putObject("refreshInterval").put("pause", seconds == 0).put("value", seconds * 1000);
        ObjectNode search = NODES.objectNode();
        search.set("query", Panels.query(""));
        search.putArray("filter");
        attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", search.toString());
        String id = prefix + "-" + Source.need(source, "id", file).asText();
        made.add(new SavedObject(Kind.DASHBOARD, id, attributes, references));
    }

    /** Two runs side by side are told apart. */
    private String suffix() {
        return prefix.equals(DEFAULT_PREFIX) ? "" : " (" + prefix + ")";
    }

    private static ObjectNode placed(JsonNode panel, String id, String name) {
        JsonNode grid = Source.need(panel, "grid", id);
        ObjectNode placed = NODES.objectNode().put("version", PANEL_VERSION);
        placed.putObject("gridData")
                .put("x", grid.path(0).asInt())
                .put("y", grid.path(1).asInt())
                .put("w", grid.path(2).asInt())
                .put("h", grid.path(3).asInt())
                .put("i", id);
        placed.put("panelIndex", id);
        placed.putObject("embeddableConfig");
        return placed.put("panelRefName", name);
    }
}
