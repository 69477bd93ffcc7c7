package io.faultprint.local.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads the file that is imported, as Dashboards does, and asks a node what each panel would ask: every field must be
 * mapped with a type that fits, and the answer must hold something.
 */
final class PanelCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NUMBERS = Set.of("integer", "long", "double");
    private static final Pattern IN_QUERY = Pattern.compile("([A-Za-z][\\w.]*):");
    private static final Pattern IN_VEGA = Pattern.compile("_source\\.([\\w.]+)");
    private static final Pattern LINK = Pattern.compile("#/view/([a-z0-9-]+)");

    private final Map<String, JsonNode> objects = new LinkedHashMap<>();
    private final FilledNode node;
    private final List<String> faults = new ArrayList<>();

    PanelCheck(byte[] ndjson, FilledNode node) {
        this.node = node;
        new String(ndjson, UTF_8).lines().map(PanelCheck::parsed).forEach(it -> objects.put(key(it), it));
    }

    /** What is wrong with all panels of a dashboard when it is also filtered by this query; empty when nothing is. */
    List<String> faults(String dashboard, String also) {
        faults.clear();
        JsonNode board = objects.getOrDefault("dashboard " + dashboard, JsonNodeFactory.instance.missingNode());
        JsonNode references = board.path("references");
        for (JsonNode panel : parsed(board.at("/attributes/panelsJSON").asText())) {
            JsonNode reference =
                    reference(references, panel.path("panelRefName").asText());
            JsonNode object = objects.get(key(reference));
            if (object == null) {
                faults.add(dashboard + ": " + key(reference) + " is missing");
            } else if (object.path("type").asText().equals("search")) {
                search(object, also);
            } else {
                visualization(object, also);
            }
        }
        return List.copyOf(faults);
    }

    /** Index patterns whose list of fields is not that of the node. */
    List<String> drifted() {
        Map<String, String> words = Map.of("keyword", "string", "text", "string", "date", "date", "boolean", "boolean");
        List<String> drifted = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.startsWith("index-pattern ")) {
                Map<String, String> listed = new TreeMap<>();
                parsed(object.at("/attributes/fields").asText()).forEach(field -> {
                    if (!field.path("name").asText().startsWith("_")) {
                        listed.put(
                                field.path("name").asText(), field.path("type").asText());
                    }
                });
                Map<String, String> there = new TreeMap<>();
                node.fields(object.at("/attributes/title").asText())
                        .forEach((name, type) -> there.put(name, words.getOrDefault(type, "number")));
                if (!listed.equals(there)) {
                    drifted.add(key + ": lists " + listed + ", the node has " + there);
                }
            }
        });
        return drifted;
    }

    private void search(JsonNode object, String also) {
        String id = object.path("id").asText();
        Over over = over(object, also);
        for (JsonNode column : object.at("/attributes/columns")) {
            known(id, over.index, column.asText());
        }
        for (JsonNode sort : object.at("/attributes/sort")) {
            aggregatable(id, over.index, sort.path(0).asText());
        }
        ObjectNode body = over.body().put("size", 1);
        body.putArray("sort")
                .addObject()
                .put(
                        object.at("/attributes/sort/0/0").asText(),
                        object.at("/attributes/sort/0/1").asText());
        if (hits(id, over.index, body) == 0) {
            faults.add(id + ": no rows" + (also.isEmpty() ? "" : " for " + also));
        }
    }

    private void visualization(JsonNode object, String also) {
        String id = object.path("id").asText();
        JsonNode state = parsed(object.at("/attributes/visState").asText());
        switch (state.path("type").asText()) {
            case "markdown" -> {
                Matcher link = LINK.matcher(state.at("/params/markdown").asText());
                while (link.find()) {
                    if (!objects.containsKey("dashboard " + link.group(1))) {
                        faults.add(id + ": leads to " + link.group(1) + ", which is no dashboard");
                    }
                }
            }
            case "vega" -> vega(id, parsed(state.at("/params/spec").asText()), also);
            case "metrics" -> tsvb(id, state.path("params"), also);
            default -> aggregated(id, state.path("aggs"), over(object, also));
        }
    }

    private void vega(String id, JsonNode spec, String also) {
        JsonNode url = spec.at("/data/0/url");
        String index = url.path("index").asText();
        String time = url.path("%timefield%").asText();
        if (!time.isEmpty()) {
            aggregatable(id, index, time);
        }
        url.at("/body/_source").forEach(field -> known(id, index, field.asText()));
        Matcher used = IN_VEGA.matcher(spec.toString());
        List<String> asked = StreamSupport.stream(url.at("/body/_source").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        while (used.find()) {
            if (!asked.contains(used.group(1))) {
                faults.add(id + ": draws " + used.group(1) + ", which it does not ask for");
            }
        }
        ObjectNode body = new Over(index, time, "", also).body();
        body.setAll((ObjectNode) url.path("body"));
        if (hits(id, index, body) == 0) {
            faults.add(id + ": nothing to draw" + (also.isEmpty() ? "" : " for " + also));
        }
    }

    private void tsvb(String id, JsonNode params, String also) {
        String index = params.path("index_pattern").asText();
        String time = params.path("time_field").asText();
        for (JsonNode series : params.path("series")) {
            for (JsonNode metric : series.path("metrics")) {
                ArrayNode two = JsonNodeFactory.instance.arrayNode();
                two.addObject()
                        .put("id", "1")
                        .put("type", metric.path("type").asText())
                        .put("schema", "metric")
                        .putObject("params")
                        .put("field", metric.path("field").asText());
                two.addObject()
                        .put("id", "2")
                        .put("type", "date_histogram")
                        .put("schema", "segment")
                        .putObject("params")
                        .put("field", time);
                aggregated(id, two, new Over(index, time, "", also));
            }
        }
    }

    private void aggregated(String id, JsonNode aggregations, Over over) {
        ObjectNode body = over.body().put("size", 0);
        ObjectNode at = body;
        List<String> buckets = new ArrayList<>();
        List<String> metrics = new ArrayList<>();
        for (JsonNode each : aggregations) {
            if (!each.path("schema").asText().equals("metric")) {
                ObjectNode bucket =
                        at.putObject("aggs").putObject("b" + each.path("id").asText());
                bucket(id, each, over, bucket, aggregations);
                buckets.add("b" + each.path("id").asText());
                at = bucket;
            }
        }
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        for (JsonNode each : aggregations) {
            if (each.path("schema").asText().equals("metric")
                    && !each.path("type").asText().equals("count")) {
                String field = each.at("/params/field").asText();
                String type = node.fields(over.index).getOrDefault(field, "none");
                if (!NUMBERS.contains(type)
                        && !(type.equals("date")
                                && List.of("min", "max")
                                        .contains(each.path("type").asText()))) {
                    faults.add(id + ": " + each.path("type").asText() + " of " + field + ", which is " + type);
                    return;
                }
                metrics.add("m" + each.path("id").asText());
                inner.putObject("m" + each.path("id").asText())
                        .putObject(each.path("type").asText())
                        .put("field", field);
            }
        }
        if (!inner.isEmpty()) {
            at.set("aggs", inner);
        }
        JsonNode answer = node.search(over.index, body);
        if (answer.has("error")) {
            faults.add(id + ": " + answer.path("error"));
        } else {
            filled(id, answer, buckets, metrics);
        }
    }

    private void filled(String id, JsonNode answer, List<String> buckets, List<String> metrics) {
        List<JsonNode> level = List.of(answer.path("aggregations"));
        for (String bucket : buckets) {
            List<JsonNode> next = new ArrayList<>();
            level.forEach(it -> it.path(bucket).path("buckets").forEach(each -> {
                if (each.path("doc_count").asLong() > 0) {
                    next.add(each);
                }
            }));
            level = next;
        }
        if (level.isEmpty() || answer.at("/hits/total/value").asLong() == 0) {
            faults.add(id + ": no buckets");
        }
        for (String metric : metrics) {
            if (level.stream().allMatch(it -> it.path(metric).path("value").isNull())) {
                faults.add(id + ": " + metric + " has no value");
            }
        }
    }

    private void bucket(String id, JsonNode source, Over over, ObjectNode into, JsonNode all) {
        JsonNode params = source.path("params");
        String type = source.path("type").asText();
        if (type.equals("filters")) {
            ObjectNode filters = into.putObject("filters").putObject("filters");
            for (JsonNode filter : params.path("filters")) {
                String query = filter.at("/input/query").asText();
                inQuery(id, over.index, query);
                filters.putObject(filter.path("label").asText())
                        .putObject("query_string")
                        .put("query", query);
            }
            return;
        }
        String field = params.path("field").asText();
        aggregatable(id, over.index, field);
        if (type.equals("date_histogram")) {
            if (!"date".equals(node.fields(over.index).get(field))) {
                faults.add(id + ": " + field + " is no date");
            }
            into.putObject("auto_date_histogram").put("field", field).put("buckets", 50);
            return;
        }
        String order = params.path("orderBy").asText();
        boolean orders = order.equals("_key")
                || StreamSupport.stream(all.spliterator(), false)
                        .anyMatch(it -> it.path("id").asText().equals(order)
                                && it.path("schema").asText().equals("metric"));
        if (!orders) {
            faults.add(id + ": is ordered by " + order + ", which is no metric of it");
        }
        into.putObject("terms")
                .put("field", field)
                .put("size", params.path("size").asInt());
    }

    private long hits(String id, String index, ObjectNode body) {
        JsonNode answer = node.search(index, body);
        if (answer.has("error")) {
            faults.add(id + ": " + answer.path("error"));
        }
        return answer.at("/hits/total/value").asLong();
    }

    private void known(String id, String index, String field) {
        if (!node.fields(index).containsKey(field)) {
            faults.add(id + ": " + index + " has no field " + field);
        }
    }

    private void aggregatable(String id, String index, String field) {
        known(id, index, field);
        if ("text".equals(node.fields(index).get(field))) {
            faults.add(id + ": " + field + " is text, which is neither sorted nor grouped by");
        }
    }

    private void inQuery(String id, String index, String query) {
        Matcher field = IN_QUERY.matcher(query);
        while (field.find()) {
            known(id, index, field.group(1));
        }
    }

    /** What is searched, as the object says. */
    private Over over(JsonNode object, String also) {
        JsonNode source = parsed(
                object.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON").asText());
        JsonNode pattern = objects.get(key(
                reference(object.path("references"), source.path("indexRefName").asText())));
        String query = source.at("/query/query").asText();
        if (pattern == null) {
            throw new IllegalStateException(object.path("id").asText() + " has no index pattern");
        }
        String index = pattern.at("/attributes/title").asText();
        inQuery(object.path("id").asText(), index, query);
        return new Over(index, pattern.at("/attributes/timeFieldName").asText(), query, also);
    }

    private record Over(String index, String time, String query, String also) {

        /** Over all times of the data: what has no time is seen at none, unless its pattern has no time field. */
        ObjectNode body() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode filter = body.putObject("query").putObject("bool").putArray("filter");
            if (!time.isEmpty()) {
                filter.addObject().putObject("exists").put("field", time);
            }
            for (String each : List.of(query, also)) {
                if (!each.isEmpty()) {
                    filter.addObject()
                            .putObject("query_string")
                            .put("query", each)
                            .put("analyze_wildcard", true);
                }
            }
            return body;
        }
    }

    private static JsonNode reference(JsonNode references, String name) {
        for (JsonNode reference : references) {
            if (reference.path("name").asText().equals(name)) {
                return reference;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static String key(JsonNode object) {
        return object.path("type").asText() + " " + object.path("id").asText();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
