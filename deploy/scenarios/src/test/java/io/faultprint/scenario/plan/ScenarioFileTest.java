package io.faultprint.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

    @Test
    void theShopHasTheServicesAndFaultsItPromises() {
        Scenario shop = Scenario.shop();

        assertThat(shop.services()).hasSize(12);
        assertThat(shop.faults()).extracting(FaultSpec::kind).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(shop.callersOf("payments")).containsExactly("gateway", "orders", "payments", "storefront");
        assertThat(shop.services().values().stream().map(Service::voice).distinct())
                .containsExactlyInAnyOrder(Voice.values());
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

    @Test
    void aFolderWithoutAScenarioIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Scenario.load(folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("give a folder that holds one");
    }

    private static String shopYaml() throws IOException {
        try (InputStream in = ScenarioFileTest.class.getResourceAsStream("/scenarios/shop/scenario.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
