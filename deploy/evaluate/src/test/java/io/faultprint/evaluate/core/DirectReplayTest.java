package io.faultprint.evaluate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.scenario.ScenarioExport;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectReplayTest {

    @TempDir
    Path folder;

    @Test
    void aFaultOfTheShopBecomesAnIncident() throws Exception {
        Scenario shop = Scenario.shop();
        ScenarioExport.write(shop, Settings.of(7), Instant.parse("2026-01-05T08:00:00Z"), 1200, folder, true);
        CorrelateConfig config = ConfigLoader.of(CorrelateConfig.class, Map.of("run.id", "direct"));
        for (int i = 0; i < 3; i++) {
            long began = System.nanoTime();
            Said said = new DirectReplay(config, new TokenKey("test"))
                    .run(List.of(folder.resolve("telemetry.otlp.jsonl.gz")), progress -> {});
            double wall = (System.nanoTime() - began) / 1e6;
            System.out.println("events " + said.replay().loss().acknowledged() + " ms " + wall + " speed "
                    + said.millis() / wall + " revisions " + said.revisions().size() + " digests "
                    + said.windows().size());
            assertThat(said.revisions()).isNotEmpty();
        }
    }
}
