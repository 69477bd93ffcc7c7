package io.faultprint.scenario.truth;

import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Telemetry;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.world.Census;
import io.faultprint.scenario.world.Census.Row;
import io.faultprint.scenario.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what each fault of a run made visible: the run is simulated once more without that fault (and without the changes
 * that brought it about), and the two are compared service by service.
 */
public final class Signs {

    /** How long after its end a fault may still show something new, such as a queue that is worked off. */
    private static final long AFTERWARDS_MS = 60_000;

    private Signs() {}

    /**
     * The signs of every fault, by time.
     *
     * @param scenario the system
     * @param timetable what happened in the run
     * @param seconds how long the run was
     * @param run what was counted in it
     */
    public static Map<PlannedFault, List<Sign>> of(
            Scenario scenario, Timetable timetable, int seconds, Map<String, List<Row>> run) {
        Map<PlannedFault, List<Sign>> signs = new LinkedHashMap<>();
        Telemetry asBefore = scenario.telemetry();
        // Nobody looks at the telemetry of the twin; its clocks must be those of the run.
        Scenario unseen = scenario.watched(new Telemetry(0, 600, 1, asBefore.clockJitterMs(), false, false));
        for (PlannedFault fault : timetable.faults()) {
            var world = new World(unseen, without(timetable, fault), Instant.EPOCH, signal -> {});
            Census twin = world.census();
            world.advanceTo(seconds * 1_000_000_000L);
            signs.put(fault, compare(fault, run, twin.rows()));
        }
        return signs;
    }

    private static List<Sign> compare(PlannedFault fault, Map<String, List<Row>> run, Map<String, List<Row>> twin) {
        var signs = new ArrayList<Sign>();
        run.forEach((service, rows) -> {
            int from = Comparison.row(fault.onsetMs());
            int to = Math.min(rows.size(), Comparison.row(fault.endMs() + AFTERWARDS_MS));
            for (Comparison.Found found : new Comparison(rows, twin.getOrDefault(service, rows)).between(from, to)) {
                long begins = Math.max(fault.onsetMs(), found.row() * 1000L * Census.STEP_SECONDS);
                signs.add(new Sign(service, found.what(), begins));
            }
        });
        signs.sort(Comparator.comparingLong(Sign::fromMs)
                .thenComparing(Sign::service)
                .thenComparing(Sign::what));
        return List.copyOf(signs);
    }

    private static Timetable without(Timetable timetable, PlannedFault fault) {
        return new Timetable(
                timetable.settings(),
                timetable.faults().stream().filter(each -> !each.equals(fault)).toList(),
                timetable.changes().stream()
                        .filter(change -> !fault.changes().contains(change.id()))
                        .toList());
    }
}
