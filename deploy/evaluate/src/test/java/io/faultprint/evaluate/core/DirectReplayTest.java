package io.faultprint.evaluate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.evaluate.score.FaultScore;
import io.faultprint.evaluate.score.IncidentScore;
import io.faultprint.evaluate.score.Owners;
import io.faultprint.evaluate.score.SurpriseScore;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.scenario.ScenarioExport;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the shop: what any version of correlate has to get right before it is worth a longer look. */
class DirectReplayTest {

    private static final int MINUTES = 12;

    @TempDir
    static Path folder;

    private static Case shop;
    private static Said said;

    @BeforeAll
    static void replay() throws Exception {
        ScenarioExport.write(
                Scenario.shop(),
                Settings.filling(1, MINUTES, true).withRate(8),
                Instant.parse("2026-01-05T08:00:00Z"),
                MINUTES * 60,
                folder,
                true);
        shop = Case.of(folder);
        said = replay(4);
    }

    private static Said replay(int partitions) {
        CorrelateConfig config = ConfigLoader.of(
                CorrelateConfig.class, Map.of("run.id", "direct", "partitions.events", Integer.toString(partitions)));
        return new DirectReplay(config, new TokenKey("test")).run(shop.files(), progress -> {});
    }

    @Test
    void everyFaultIsFoundAtItsServiceAndNothingElseIs() {
        IncidentScore score = IncidentScore.of(shop, said, Owners.DEFAULT, 3.5);

        assertThat(score.faults()).isNotEmpty().allMatch(FaultScore::found).allMatch(fault -> fault.rank() == 1);
        assertThat(score.others()).isEmpty();
    }

    @Test
    void healthyWindowsAreSeldomAbnormal() {
        SurpriseScore score = SurpriseScore.of(shop, said, 3.5);

        assertThat(score.alarms().of()).isGreaterThan(100);
        assertThat(score.alarms().share()).isLessThan(.02);
        assertThat(score.shown().hits()).isPositive();
    }

    @Test
    void howManyPartitionsThereAreDoesNotMatter() {
        assertThat(replay(1).revisions()).isNotEmpty().isEqualTo(said.revisions());
    }
}
