package io.faultprint.local.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.determinism.Variant.Feed;
import io.faultprint.node.NodePair;
import io.faultprint.node.Nodes;
import io.faultprint.scenario.ScenarioExport;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.time.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The invariant of identity on real servers: one recording with a failure that recurs, run at once and as it was, on one
 * instance and on four, out of order, partition by partition, and with instances closed and killed meanwhile. The same
 * for any recording: {@code faultprint determinism FILE}.
 */
class DeterminismIT {

    /** Short, so that a minute holds three faults and the time it takes to learn before them. */
    private static final Windows WINDOWS = new Windows(1_000, 2_000);

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int SECONDS = 70;
    private static final long SEED = Long.getLong("determinism.seed", 1);

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyWayOfRunningARecordingGivesTheSameBytes() throws Exception {
        Path recording = recording();
        DataDirectory data = DataDirectory.open(directory.resolve("data"));

        try (NodePair nodes = Nodes.both(data.root())) {
            Determinism determinism = new Determinism(nodes, data, WINDOWS, List.of(recording));
            List<Variant> variants = Variant.all(new Feed.Played(new Speed(1)), List.of(SEED)).stream()
                    // Two replays that are alike are another test's.
                    .filter(variant -> !variant.name().equals("again"))
                    .toList();

            Determinism.Result result = determinism.run(variants, reference -> {}, finding -> {});

            // Less than this would prove nothing.
            assertThat(result.reference().incidents()).isGreaterThanOrEqualTo(2);
            assertThat(result.reference().recurrences()).isGreaterThanOrEqualTo(1);
            assertThat(result.reference().diagnoses()).isGreaterThanOrEqualTo(1);
            assertThat(result.findings())
                    .hasSameSizeAs(variants)
                    .allSatisfy(finding -> assertThat(finding.difference().map(Difference::text))
                            .as("%s of the recording with seed 1", finding.variant())
                            .isEmpty());
        }
    }

    private Path recording() throws IOException {
        Settings settings = new Settings(1, 24, 6, 9, 3, 20);
        return ScenarioExport.write(Scenario.shop(), settings, START, SECONDS, directory.resolve("shop"), true)
                .telemetry();
    }
}
