package io.faultprint.local;

import io.faultprint.scenario.ScenarioExport;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Recordings of the shop to replay. */
final class Recordings {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private Recordings() {}

    /** Ends with the second fault, a second time of the first: its incident is still open. */
    static Path shop(Path folder) throws IOException {
        return write(new Settings(11, 300, 60, 60, 2, 5), 490, folder);
    }

    /** A minute in which nothing happens. */
    static Path calmMinute(Path folder) throws IOException {
        return write(new Settings(11, 60, 20, 20, 0, 2), 60, folder);
    }

    private static Path write(Settings settings, int seconds, Path folder) throws IOException {
        return ScenarioExport.write(Scenario.shop(), settings, START, seconds, folder, true)
                .telemetry();
    }
}
