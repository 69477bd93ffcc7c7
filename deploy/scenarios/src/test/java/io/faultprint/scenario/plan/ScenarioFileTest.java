package io.faultprint.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {

    private static final String STORY = """
            base: shop
            scenario: slow-orders
            about: The database of the orders slows down.
            minutes: 20
            services: {orders: {pool: {size: 3}}}
            story:
              - {at: [11m, 14m], kind: slow-database, places: [orders], size: [60, 90], lasts: 5m, herring: deploy}
            """;

    @Test
    void theShopHasTheServicesAndFaultsItPromises() {
        Scenario shop = Scenario.shop();

        assertThat(shop.services()).hasSize(12);
        assertThat(shop.faults())
                .extracting(FaultSpec::kind)
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(shop.callersOf("payments")).containsExactly("gateway", "orders", "payments", "storefront");
        assertThat(shop.services().values().stream().map(Service::voice).distinct())
                .hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void everyBundledScenarioCanBeReadAndBearsTheNameOfItsFolder(String name) {
        Scenario scenario = Scenario.bundled(name);

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.story().isEmpty() || scenario.minutes() <= 30).isTrue();
    }

    static List<String> bundled() {
        return Scenario.bundledNames();
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindOfFaultHasAScenarioOfItsOwn(FaultKind kind) {
        assertThat(Scenario.bundled(kind.label()).story())
                .singleElement()
                .extracting(StoryEntry::kind)
                .isEqualTo(kind);
    }

    @Test
    void theIndexNamesEveryFolder() throws IOException, URISyntaxException {
        Path folders = Path.of(
                Objects.requireNonNull(getClass().getResource("/scenarios")).toURI());

        try (Stream<Path> each = Files.list(folders).filter(Files::isDirectory)) {
            assertThat(each.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Scenario.bundledNames());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entry: gateway | entry: gatway | traffic.entry: gatway: must be one of gateway, storefront",
                "requestsPerSecond: 20 | requestsPerSecond: -3 | traffic.requestsPerSecond: -3: must be a number from 0.1 to 5000",
                "requestsPerSecond: 20 | requestsPerSecond: .nan | scenario.yaml, line 9: not YAML",
                "kind: cache | kind: cash | must be one of database, cache, queue, outside",
                "voice: nginx | voice: apache | services.gateway.voice: \"apache\": must be one of nginx, java",
                "instances: 2 | instances: two | services.gateway.instances: \"two\": must be a whole number from 1 to 100",
                "workers: 512 | wokers: 512 | services.gateway.workers: missing",
                "backlog: 1024 | backlog: 1024\\n    colour: red | services.gateway.colour: unknown key: must be one of",
                "version: 1.27.3 | version: stable | must be numbers with dots",
                "memory: {baseMb: 64, limitMb: 256} | memory: {baseMb: 64, limitMb: 32} | services.gateway.memory.limitMb: 32: must be a whole number from 65",
                "to: search-index | to: search-idx | search-idx: must be a service or a backend of this file",
                "operation: GET /query | operation: GET /qery | must be one of GET /query",
                "pool: {size: 10, timeoutMs: 1200} | share: 1 | search",
                "to: catalogue-cache, operation: MGET products | to: storefront, operation: GET / | lead back to itself",
                "from: order-events | from: orders-db | must be a backend of kind queue",
                "places: [shipping, mailer] | places: [search] | search: consumes no queue: name a service that does",
                "places: [payments, mailer] | places: [search] | search: calls nothing outside",
                "size: [60, 250] | size: [250, 60] | must be [smallest, largest], two numbers above 0",
                "scenario: shop | scenario: [ | not YAML",
            })
    void aMistakeIsNamedWithItsValueAndItsMend(String right, String wrong, String complaint) throws IOException {
        String good = shopYaml();
        assertThat(good).contains(right);
        String bad = good.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong.replace("\\n", "\n")));

        assertThatThrownBy(() -> ScenarioReader.parse("scenario.yaml", bad.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("scenario.yaml")
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base: shop | base: shopp | base: \"shopp\": must be one of shop",
                "minutes: 20 | minutes: 0 | minutes: 0: must be a whole number from 1",
                "minutes: 20 | about: x | minutes: missing: must say how long the story is",
                "kind: slow-database | kind: slow-data | story[0].kind: \"slow-data\": must be one of slow-database, bad-deploy",
                "places: [orders] | places: [order] | story[0].places: order: must be one of gateway",
                "places: [orders] | places: [carts] | story[0].places: carts: calls no database: name a service that does",
                "at: [11m, 14m] | at: soon | story[0].at: \"soon\": must be a time such as 90s, 12m or 2h, or a range",
                "at: [11m, 14m] | at: [14m, 11m] | must be a time such as 90s, 12m or 2h, or a range such as [11m, 14m]",
                "at: [11m, 14m] | at: [11m] | story[0].at: [\"11m\"]: must be a time",
                "lasts: 5m | lasts: 9m | story[0]: at and lasts end after 23.0 minutes: must end within the 20 minutes",
                "lasts: 5m | lasts: 0s | story[0].lasts: 0s: must be longer than nothing",
                "herring: deploy | herring: rumour | story[0].herring: \"rumour\": must be one of deploy, flag, configuration",
                "size: [60, 90] | size: 60 | story[0].size: 60: must be [smallest, largest]",
                "herring: deploy | colour: red | story[0].colour: unknown key: must be one of at, herring, kind, lasts",
            })
    void aMistakeInAStoryIsNamedWithItsValueAndItsMend(String right, String wrong, String complaint) {
        assertThat(STORY).contains(right);

        assertThatThrownBy(() -> parse(STORY.replace(right, wrong)))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("story/scenario.yaml")
                .hasMessageContaining(complaint);
    }

    @Test
    void aBaseGivesEverythingThatTheFileDoesNotSay() {
        Scenario shop = Scenario.shop();

        Scenario story = parse(STORY);

        assertThat(story.name()).isEqualTo("slow-orders");
        assertThat(story.traffic()).isEqualTo(shop.traffic());
        assertThat(story.service("orders").pool()).isEqualTo(new Service.Pool(3, 2000));
        assertThat(story.service("orders").operations())
                .isEqualTo(shop.service("orders").operations());
        assertThat(story.minutes()).isEqualTo(20);
    }

    @Test
    void aFolderWithoutAScenarioIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Scenario.load(folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("give a folder that holds one");
    }

    private static Scenario parse(String yaml) {
        return ScenarioReader.parse("story/scenario.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String shopYaml() throws IOException {
        try (InputStream in = ScenarioFileTest.class.getResourceAsStream("/scenarios/shop/scenario.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
