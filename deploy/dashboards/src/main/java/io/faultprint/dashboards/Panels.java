package io.faultprint.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.dashboards.SavedObject.Kind;
import java.util.List;
import java.util.Set;

/** Panels as visualizations and saved searches: what a source says, and what its type needs besides. */
final class Panels {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> SERIES = Set.of("histogram", "line", "area");
    private static final String INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index";

    private final String prefix;
    private final ObjectNode defaults;

    Panels(String prefix) {
        this.prefix = prefix;
        this.defaults = Source.read("visualizations.yaml", prefix);
    }

    SavedObject of(JsonNode panel) {
        String id = prefix + "-" + Source.need(panel, "id", "a panel").asText();
        if (panel.has("markdown")) {
            ObjectNode params = NODES.objectNode()
                    .put("markdown", panel.path("markdown").asText())
                    .put("fontSize", 12)
                    .put("openLinksInNewTab", false);
            return visualization(id, panel, "markdown", params, NODES.arrayNode());
        }
        if (panel.has("vega")) {
            ObjectNode params =
                    NODES.objectNode().put("spec", panel.path("vega").toPrettyString());
            return visualization(id, panel, "vega", params, NODES.arrayNode());
        }
        if (panel.has("tsvb")) {
            return visualization(id, panel, "metrics", tsvb(panel.path("tsvb")), NODES.arrayNode());
        }
        return panel.has("search") ? search(id, panel) : aggregated(id, panel);
    }

    private SavedObject search(String id, JsonNode panel) {
        ObjectNode attributes = titled(panel).put("hits", 0).put("version", 1);
        attributes.set("columns", Source.need(panel.path("search"), "columns", id));
        attributes.set("sort", Source.need(panel.path("search"), "sort", id));
        return over(Kind.SEARCH, id, panel, attributes);
    }

    private SavedObject aggregated(String id, JsonNode panel) {
        JsonNode source = Source.need(panel, "visualization", id);
        String type = Source.need(source, "type", id).asText();
        ArrayNode aggregations = NODES.arrayNode();
        for (JsonNode each : Source.need(source, "aggs", id)) {
            ObjectNode aggregation = NODES.objectNode()
                    .put("id", Integer.toString(aggregations.size() + 1))
                    .put("enabled", true)
                    .put("type", Source.need(each, "type", id).asText())
                    .put("schema", Source.need(each, "schema", id).asText());
            aggregation.set("params", Source.need(each, "params", id));
            aggregations.add(aggregation);
        }
        ObjectNode params = SERIES.contains(type) ? series(type, source, aggregations) : plain(type, id);
        return visualization(id, panel, type, params, aggregations);
    }

    private ObjectNode plain(String type, String id) {
        return Source.need(Source.need(defaults, "types", "visualizations.yaml"), type, id)
                .deepCopy();
    }

    private ObjectNode series(String type, JsonNode source, ArrayNode aggregations) {
        ObjectNode params =
                Source.need(defaults, "series", "visualizations.yaml").deepCopy();
        params.put("type", type);
        ((ObjectNode) params.at("/valueAxes/0/title"))
                .put("text", source.path("axis").asText("count"));
        ArrayNode series = params.putArray("seriesParams");
        for (JsonNode aggregation : aggregations) {
            if (aggregation.path("schema").asText().equals("metric")) {
                ObjectNode one =
                        Source.need(defaults, "metric", "visualizations.yaml").deepCopy();
                one.put("type", type).put("mode", type.equals("line") ? "normal" : "stacked");
                one.putObject("data")
                        .put("id", aggregation.path("id").asText())
                        .put("label", aggregation.at("/params/customLabel").asText("count"));
                series.add(one);
            }
        }
        return params;
    }

    private ObjectNode tsvb(JsonNode source) {
        ObjectNode params = NODES.objectNode()
                .put("id", "tsvb")
                .put("type", "timeseries")
                .put(
                        "index_pattern",
                        IndexPatterns.title(prefix, source.path("index").asText()))
                .put("time_field", source.path("time").asText())
                .put("interval", "auto")
                .put("axis_position", "left")
                .put("axis_formatter", "number")
                .put("axis_scale", "normal")
                .put("axis_min", "0")
                .put("show_legend", 1)
                .put("show_grid", 1)
                .put("tooltip_mode", "show_all")
                .put("drop_last_bucket", 0)
                .put("isModelInvalid", false);
        ArrayNode series = params.putArray("series");
        for (JsonNode each : source.path("series")) {
            String id = each.path("field").asText();
            ObjectNode one = series.addObject()
                    .put("id", id)
                    .put("label", each.path("label").asText())
                    .put("color", each.path("color").asText())
                    .put("split_mode", "everything")
                    .put("separate_axis", 0)
                    .put("axis_position", "right")
                    .put("formatter", "number")
                    .put("chart_type", "line")
                    .put("line_width", 1)
                    .put("point_size", 1)
                    .put("fill", 0.3)
                    .put("stacked", "none");
            one.putArray("metrics")
                    .addObject()
                    .put("id", id + "-sum")
                    .put("type", "sum")
                    .put("field", id);
        }
        return params;
    }

    private SavedObject visualization(
            String id, JsonNode panel, String type, ObjectNode params, ArrayNode aggregations) {
        ObjectNode state =
                NODES.objectNode().put("title", panel.path("title").asText()).put("type", type);
        state.set("params", params);
        state.set("aggs", aggregations);
        ObjectNode attributes = titled(panel)
                .put("visState", state.toString())
                .put("uiStateJSON", "{}")
                .put("version", 1);
        return over(Kind.VISUALIZATION, id, panel, attributes);
    }

    /** With what is searched: the index by reference, where there is one, and the query. */
    private SavedObject over(Kind kind, String id, JsonNode panel, ObjectNode attributes) {
        ObjectNode search = NODES.objectNode();
        search.set("query", query(panel.path("query").asText("")));
        search.putArray("filter");
        List<SavedObject.Reference> references = List.of();
        if (panel.has("index")) {
            search.put("indexRefName", INDEX);
            references = List.of(IndexPatterns.reference(prefix, panel, INDEX));
        }
        attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", search.toString());
        return new SavedObject(kind, id, attributes, references);
    }

    /** Lucene's language, which OpenSearch itself understands: what a test asks the node is what people see. */
    static ObjectNode query(String text) {
        return NODES.objectNode().put("query", text).put("language", "lucene");
    }

    private static ObjectNode titled(JsonNode panel) {
        return NODES.objectNode()
                .put("title", panel.path("title").asText())
                .put("description", panel.path("description").asText(""));
    }
}
