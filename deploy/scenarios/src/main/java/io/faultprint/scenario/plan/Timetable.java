package io.faultprint.scenario.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What happens when in a run, drawn from the seed: faults in random order of kinds and places, one of which recurs, and
 * changes, most of them innocent.
 *
 * @param settings what it was drawn from
 * @param faults by onset; never two at once
 * @param changes by time
 */
public record Timetable(Settings settings, List<PlannedFault> faults, List<PlannedChange> changes) {

    /** Draws the timetable of a run of the given length; innocent changes fill all of it. */
    public static Timetable draw(Scenario scenario, Settings settings, long lengthMs) {
        var random = new SplittableRandom(settings.seed() ^ 0x7469_6d65_7461_626cL);
        var changes = new ChangeWriter(scenario, random.split());
        var faults = new ArrayList<PlannedFault>();
        long now = settings.learningSeconds() * 1000L + random.nextInt(5000);
        for (FaultSpec.Placed placed : FaultDeck.draw(scenario, settings.faults(), random)) {
            PlannedFault fault = place(scenario, settings, placed, now, random, changes);
            faults.add(fault);
            long gap = settings.gapSeconds() * 1000L;
            now = fault.endMs() + gap + random.nextLong(gap / 3 + 1);
        }
        changes.innocent(lengthMs, faults, random.split());
        List<PlannedChange> sorted = changes.written().stream()
                .sorted(Comparator.comparingLong(PlannedChange::timeMs).thenComparing(PlannedChange::id))
                .toList();
        return new Timetable(settings, List.copyOf(faults), sorted);
    }

    /** Only what ends within the run; a fault without its end would have no truth. */
    public Timetable until(long lengthMs) {
        return new Timetable(
                settings,
                faults.stream().filter(fault -> fault.endMs() <= lengthMs).toList(),
                changes.stream().filter(change -> change.timeMs() < lengthMs).toList());
    }

    /** When the last fault has ended and as much quiet time as between two faults has passed. */
    public long endMs() {
        return faults.isEmpty()
                ? settings.learningSeconds() * 1000L
                : faults.get(faults.size() - 1).endMs() + settings.gapSeconds() * 1000L;
    }

    private static PlannedFault place(
            Scenario scenario,
            Settings settings,
            FaultSpec.Placed placed,
            long onset,
            SplittableRandom random,
            ChangeWriter changes) {
        FaultSpec spec = placed.spec();
        String service = placed.service();
        // Sizes spread over their range by ratio, since most of them are factors.
        double size = spec.minSize() * StrictMath.pow(spec.maxSize() / spec.minSize(), random.nextDouble());
        @Nullable
        String component = switch (spec.kind()) {
            case SLOW_DATABASE, POOL_EXHAUSTED, BAD_CONFIGURATION -> scenario.backendOf(service, Backend.Kind.DATABASE);
            case PROVIDER_DOWN -> scenario.backendOf(service, Backend.Kind.OUTSIDE);
            case BAD_DEPLOY, MEMORY_LEAK, CPU_SATURATION, WORKER_SILENT -> null;
        };
        long duration = settings.faultSeconds() * 1000L;
        @Nullable
        String change = switch (spec.kind()) {
            case BAD_DEPLOY -> changes.badDeploy(service, onset, onset + duration);
            case BAD_CONFIGURATION -> changes.badConfiguration(service, onset, onset + duration);
            case SLOW_DATABASE, POOL_EXHAUSTED, PROVIDER_DOWN, MEMORY_LEAK, CPU_SATURATION, WORKER_SILENT -> null;
        };
        return new PlannedFault(
                spec.kind(),
                service,
                component,
                onset,
                duration,
                size,
                change,
                placed.recurs(),
                scenario.callersOf(service));
    }
}
