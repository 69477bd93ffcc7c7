package io.faultprint.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultprint.dashboards.SavedObject.Kind;
import io.faultprint.dashboards.SavedObject.Reference;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What OpenSearch Dashboards 2.8 and 2.19 were seen to stumble over is not in the file. */
class BundleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NEWEST =
            Map.of("index-pattern", "7.6.0", "visualization", "7.10.0", "search", "7.9.3", "dashboard", "7.9.3");

    private final Bundle bundle = Bundle.of("faultprint");

    @Test
    void theSameSourcesGiveTheSameBytes() {
        assertThat(Bundle.of("faultprint").ndjson()).isEqualTo(bundle.ndjson());
    }

    @Test
    void thereAreFourDashboardsWithStableIds() throws IOException {
        assertThat(ofType("dashboard"))
                .extracting(it -> it.path("id").asText())
                .containsExactly(
                        "faultprint-on-call", "faultprint-incident", "faultprint-system-state", "faultprint-pipeline");
    }

    @Test
    void noObjectSaysThatItIsNewerThanWhatReadsIt() throws IOException {
        assertThat(lines()).isNotEmpty().allSatisfy(line -> {
            String type = line.path("type").asText();
            assertThat(line.path("migrationVersion").size()).isOne();
            assertThat(line.path("migrationVersion").path(type).asText()).isEqualTo(NEWEST.get(type));
            assertThat(line.path("attributes").has("typeMeta")).isFalse();
        });
    }

    @Test
    void everyReferenceIsThereAndEveryNameIsReferredTo() throws IOException {
        Set<String> before = new HashSet<>();
        for (JsonNode line : lines()) {
            Set<String> names = new HashSet<>();
            for (JsonNode reference : line.path("references")) {
                assertThat(before)
                        .contains(reference.path("type").asText() + " "
                                + reference.path("id").asText());
                names.add(reference.path("name").asText());
            }
            Set<String> spoken = new HashSet<>();
            Matcher name = Pattern.compile("(?:indexRefName|panelRefName)\\\\?\":\\\\?\"([^\"\\\\]+)")
                    .matcher(line.path("attributes").toString());
            while (name.find()) {
                spoken.add(name.group(1));
            }
            assertThat(names).isEqualTo(spoken);
            before.add(line.path("type").asText() + " " + line.path("id").asText());
        }
    }

    @Test
    void everyPanelHasAVersionAndAPlaceOfItsOwn() throws IOException {
        for (JsonNode board : ofType("dashboard")) {
            JsonNode panels = JSON.readTree(board.at("/attributes/panelsJSON").asText());
            assertThat(panels).isNotEmpty().hasSize(board.path("references").size());
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : panels) {
                assertThat(panel.path("version").asText()).isEqualTo("2.8.0");
                JsonNode grid = panel.path("gridData");
                assertThat(grid.path("x").asInt() + grid.path("w").asInt()).isLessThanOrEqualTo(48);
                assertThat(grid.path("h").asInt()).isPositive();
                assertThat(grid.path("i").asText())
                        .isEqualTo(panel.path("panelIndex").asText());
                for (int x = 0; x < grid.path("w").asInt(); x++) {
                    for (int y = 0; y < grid.path("h").asInt(); y++) {
                        assertThat(taken.add((grid.path("x").asInt() + x) + ","
                                        + (grid.path("y").asInt() + y)))
                                .as(panel.toString())
                                .isTrue();
                    }
                }
            }
            assertThat(board.at("/attributes/timeRestore").asBoolean()).isTrue();
            assertThat(board.at("/attributes/timeFrom").asText()).startsWith("now-");
        }
    }

    @Test
    void whatDashboardsKeepsAsTextIsTextAndJson() throws IOException {
        for (JsonNode line : lines()) {
            JsonNode attributes = line.path("attributes");
            for (String field : List.of("visState", "uiStateJSON", "panelsJSON", "optionsJSON", "fields")) {
                if (attributes.has(field)) {
                    assertThat(attributes.path(field).isTextual()).isTrue();
                    assertThat(JSON.readTree(attributes.path(field).asText())).isNotNull();
                }
            }
        }
    }

    @Test
    void anIndexPatternHasEveryFieldOfItsMappingAndNoLinkOutOfTheRun() throws IOException {
        for (JsonNode pattern : ofType("index-pattern")) {
            assertThat(JSON.readTree(pattern.at("/attributes/fields").asText()))
                    .extracting(it -> it.path("name").asText())
                    .contains(
                            "_id",
                            "contentHash",
                            pattern.at("/attributes/timeFieldName").asText("_id"))
                    .doesNotHaveDuplicates();
            JsonNode formats =
                    JSON.readTree(pattern.at("/attributes/fieldFormatMap").asText());
            for (JsonNode format : formats) {
                String url = format.at("/params/urlTemplate").asText("");
                Matcher target = Pattern.compile("#/view/([a-z-]+)\\?").matcher(url);
                assertThat(url.isEmpty() || (target.find() && dashboard(target.group(1))))
                        .isTrue();
            }
        }
    }

    /** A pattern without a time field is what Dashboards 2.x puts no range to. */
    @Test
    void anOpenIncidentIsShownWhateverItsAge() throws IOException {
        assertThat(patternsOf(
                        "faultprint-on-call-counts", "faultprint-on-call-candidates", "faultprint-on-call-incidents"))
                .hasSize(3)
                .containsOnly("faultprint-any-time-oncall");
        assertThat(ofType("index-pattern"))
                .filteredOn(it -> it.path("id").asText().equals("faultprint-any-time-oncall"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path("attributes").has("timeFieldName")).isFalse();
                    assertThat(it.at("/attributes/title").asText()).isEqualTo("faultprint-oncall");
                });
    }

    /** Of a field's format only the field is known: a time in it could not be that of the incident. */
    @Test
    void noLinkHasATimeThatMayMissWhatItLeadsTo() throws IOException {
        for (JsonNode pattern : ofType("index-pattern")) {
            assertThat(pattern.at("/attributes/fieldFormatMap").asText()).doesNotContain("now-");
        }
        assertThat(ofType("visualization"))
                .filteredOn(it -> it.path("id").asText().startsWith("faultprint-incident-"))
                .noneMatch(it -> it.toString().contains("%timefield%"));
        List<String> ofIncident = new ArrayList<>();
        for (JsonNode line : lines()) {
            if (line.path("id").asText().startsWith("faultprint-incident-")) {
                line.path("references")
                        .forEach(it -> ofIncident.add(it.path("id").asText()));
            }
        }
        assertThat(ofIncident).isNotEmpty().allSatisfy(it -> assertThat(it).startsWith("faultprint-any-time-"));
    }

    @Test
    void whatAnInstanceSaidLastIsNotShownAsIfItStillSpoke() throws IOException {
        for (JsonNode line : lines()) {
            String text = line.toString();
            if (line.path("references").toString().contains("-any-time-pulse\"")) {
                assertThat(text).contains("now-1m").contains("STOPPED");
            }
        }
        assertThat(patternsOf("faultprint-on-call-sight", "faultprint-pipeline-sight", "faultprint-pipeline-pulse"))
                .hasSize(3)
                .containsOnly("faultprint-any-time-pulse");
    }

    private List<String> patternsOf(String... panels) throws IOException {
        List<String> patterns = new ArrayList<>();
        for (JsonNode line : lines()) {
            if (List.of(panels).contains(line.path("id").asText())) {
                line.path("references").forEach(it -> patterns.add(it.path("id").asText()));
            }
        }
        return patterns;
    }

    @Test
    void anotherRunsDashboardsStandBesideThese() {
        String other = new String(Bundle.of("faultprint-replay-1").ndjson(), UTF_8);

        assertThat(other)
                .doesNotContain("${")
                .contains("\"faultprint-replay-1-oncall\"", "(faultprint-replay-1)")
                .doesNotContain("\"id\":\"faultprint-on-call\"");
        assertThatThrownBy(() -> Bundle.of("Fault*"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--prefix Fault*: use lower-case letters");
    }

    @Test
    void aPointerToNothingIsFoundBeforeAnybodyImportsIt() {
        List<SavedObject> objects = new ArrayList<>(bundle.objects());
        objects.add(new SavedObject(
                Kind.DASHBOARD,
                "broken",
                JsonNodeFactory.instance.objectNode(),
                List.of(new Reference("panel_0", Kind.SEARCH, "nothing"))));

        assertThatThrownBy(() -> new Bundle(objects))
                .hasMessage("broken points to search nothing, which is not in the bundle");
        assertThatThrownBy(() -> new Bundle(
                        List.of(bundle.objects().get(0), bundle.objects().get(0))))
                .hasMessageContaining("is there twice");
    }

    private boolean dashboard(String id) {
        return bundle.objects().stream()
                .anyMatch(it -> it.kind() == Kind.DASHBOARD && it.id().equals(id));
    }

    private List<JsonNode> ofType(String type) throws IOException {
        return lines().stream()
                .filter(it -> it.path("type").asText().equals(type))
                .toList();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : new String(bundle.ndjson(), UTF_8).lines().toList()) {
            all.add(JSON.readTree(line));
        }
        return all;
    }
}
