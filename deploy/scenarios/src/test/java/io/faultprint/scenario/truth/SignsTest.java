package io.faultprint.scenario.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.scenario.plan.FaultKind;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Telemetry;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.truth.Sign.What;
import io.faultprint.scenario.world.Census;
import io.faultprint.scenario.world.World;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two ways that know nothing of each other: the truth from the mechanics, and readings from the telemetry. */
class SignsTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final long START_NANOS = START.getEpochSecond() * 1_000_000_000L;

    /** Metrics are read every five seconds, and rare requests make a sign visible only after some. */
    private static final int SEEN_WITHIN = 120;

    /** Services wake up at the start: counters begin, caches of connections fill. */
    private static final int SETTLED = 60;

    /** By how much a reading must exceed everything before the fault. */
    private static final Map<What, Double> CLEARLY = new EnumMap<>(Map.of(
            What.LATENCY, 1.2,
            What.LOAD, 1.2,
            What.MEMORY, 1.05,
            What.CPU, 1.1,
            What.QUEUE, 1.5,
            What.CONNECTIONS, 1.2,
            What.CLOCK, 3.0));

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void theFirstSignOfEveryKindIsInTheTelemetryAndWasNotBeforeTheFault(FaultKind kind) {
        Scenario bundled = Scenario.bundled(kind.label());
        // Spans are left out: metrics and events show all of this, and the test takes half the time.
        Scenario scenario = bundled.watched(new Telemetry(0, 5, 0.01, 8, true, true));
        int seconds = scenario.minutes() * 60;
        Timetable timetable = Timetable.draw(scenario, Settings.of(5), seconds * 1000L);
        var readings = new Readings();
        double[] now = {0};
        var world = new World(scenario, timetable, START, signal -> readings.take(signal, START_NANOS, now[0]));
        Census census = world.census();
        for (int second = 1; second <= seconds; second++) {
            now[0] = second;
            world.advanceTo(second * 1_000_000_000L);
        }
        PlannedFault fault = timetable.faults().get(0);

        List<Sign> signs = Signs.of(scenario, timetable, seconds, census.rows()).getOrDefault(fault, List.of());

        assertThat(signs).as("%s", fault).isNotEmpty();
        Sign first = signs.get(0);
        double onset = fault.onsetMs() / 1000.0;
        double from = first.fromMs() / 1000.0;
        double before = readings.worst(first.service(), first.what(), SETTLED, onset - Readings.STEP_SECONDS);
        double during = readings.worst(first.service(), first.what(), from, from + SEEN_WITHIN);
        assertThat(during)
                .as("%s of %s since %.0f s, of %s", first.what(), first.service(), from, fault)
                .isGreaterThan(before + Math.abs(before) * (CLEARLY.getOrDefault(first.what(), 1.0) - 1));
        assertThat(from).isBetween(onset, fault.endMs() / 1000.0);
        for (String service : scenario.services().keySet()) {
            if (signs.stream().noneMatch(sign -> sign.service().equals(service) && sign.what() == What.ERRORS)) {
                assertThat(readings.worst(service, What.ERRORS, SETTLED, fault.endMs() / 1000.0))
                        .as("errors of %s, of which the truth of %s knows nothing", service, fault)
                        .isLessThan(4);
            }
        }
    }

    @Test
    void aRunWithoutItsFaultHasNoSigns() {
        Scenario scenario = Scenario.bundled("slow-database");
        var healthy = new Settings(5, 0, 1, 0, 0, 0);
        Timetable timetable = Timetable.draw(scenario, healthy, 600_000);
        PlannedFault imagined =
                Timetable.draw(scenario, Settings.of(5), 600_000).faults().get(0);
        var world = new World(scenario, timetable, START, signal -> {});
        Census census = world.census();
        world.advanceTo(1_200_000_000_000L);

        var signs =
                Signs.of(scenario, new Timetable(healthy, List.of(imagined), timetable.changes()), 1200, census.rows());

        assertThat(signs.get(imagined)).isEmpty();
    }
}
