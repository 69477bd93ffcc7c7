package io.faultprint.local.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.dashboards.Bundle;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The dashboards of a run against the node that it has filled. */
public final class FilledDashboards {

    private static final List<String> BOARDS = List.of("on-call", "incident", "system-state", "pipeline");

    /** A field that does not exist, a query that finds nothing, a type that does not fit; and the dashboard that shows it. */
    private static final Map<String, List<String>> BROKEN = Map.of(
            "aggregated field", List.of("errorLogs", "errorLogz", "system-state"),
            "column", List.of("candidateSignal", "candidateSignall", "on-call"),
            "field of a drawing", List.of("lastWindow", "lastWindoww", "incident"),
            "field of a query", List.of("severityNumber:>=17", "severity:>=17", "system-state"),
            "query", List.of("severityNumber:>=17", "severityNumber:>=99", "system-state"),
            "type", List.of("\\\"field\\\":\\\"deadLettered\\\"", "\\\"field\\\":\\\"kind\\\"", "pipeline"),
            "grouping", List.of("\\\"field\\\":\\\"cause\\\"", "\\\"field\\\":\\\"reason\\\"", "pipeline"),
            "reference",
                    List.of(
                            "\"id\":\"%s-pipeline-pulse\",\"attributes\"",
                            "\"id\":\"gone\",\"attributes\"", "pipeline"));

    private FilledDashboards() {}

    /**
     * Every panel finds something, also of one incident and of one service; and the check sees what is broken.
     *
     * @param address of the node, host and port
     * @param prefix of the run's indices
     */
    public static void check(String address, String prefix) {
        FilledNode node = new FilledNode(address);
        String ndjson = new String(Bundle.of(prefix).ndjson(), UTF_8);
        PanelCheck panels = new PanelCheck(ndjson.getBytes(UTF_8), node);

        assertThat(panels.drifted()).isEmpty();
        assertThat(BOARDS)
                .allSatisfy(board -> assertThat(panels.faults(prefix + "-" + board, ""))
                        .as(board)
                        .isEmpty());
        assertThat(panels.faults(prefix + "-incident", incident(node, prefix, true)))
                .isEmpty();
        // A repeat inherits its hypotheses; the evidence is that of the first time, where a link leads.
        assertThat(panels.faults(prefix + "-incident", incident(node, prefix, false)))
                .singleElement()
                .asString()
                .contains("-incident-evidence: no rows");
        BROKEN.forEach((what, how) -> {
            String from = how.get(0).formatted(prefix);
            assertThat(ndjson).as(what).contains(from);
            assertThat(new PanelCheck(ndjson.replace(from, how.get(1)).getBytes(UTF_8), node)
                            .faults(prefix + "-" + how.get(2), ""))
                    .as(what)
                    .isNotEmpty();
        });
    }

    /** The query of a link to an incident that stands beside a diagnosis: its own, or that of an earlier one. */
    private static String incident(FilledNode node, String prefix, boolean own) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 100);
        JsonNode hits = node.search(prefix + "-oncall", body).at("/hits/hits");
        return StreamSupport.stream(hits.spliterator(), false)
                .map(hit -> hit.path("_source"))
                .filter(row -> row.path("confidence").asDouble() > 0)
                .filter(row -> row.path("diagnosedFrom").equals(row.path("incident")) == own)
                .map(row -> "incident:\"" + row.path("incident").asText() + "\"")
                .findFirst()
                .orElseThrow(() -> new AssertionError("no incident beside its diagnosis in " + hits));
    }
}
