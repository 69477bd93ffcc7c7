package io.faultprint.scenario.plan;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens when in a run, drawn from the seed. A scenario with a story plays it; any other is dealt faults in random
 * order of kinds and places, one of which recurs, and changes, most of them innocent.
 *
 * @param settings what it was drawn from
 * @param faults by onset; those of a deck are never two at once, those of a story may be
 * @param changes by time
 */
public record Timetable(Settings settings, List<PlannedFault> faults, List<PlannedChange> changes) {

    /** Draws the timetable of a run of the given length; innocent changes fill all of it. */
    public static Timetable draw(Scenario scenario, Settings settings, long lengthMs) {
        boolean story = !scenario.story().isEmpty();
        // Stories of the same seed would otherwise begin in the same second.
        long own = story ? scenario.name().hashCode() * 0x9e37_79b9L : 0;
        var random = new SplittableRandom(settings.seed() ^ 0x7469_6d65_7461_626cL ^ own);
        var changes = new ChangeWriter(scenario, random.split());
        var draw = new FaultDraw(scenario, changes, random);
        List<PlannedFault> faults;
        if (settings.faults() == 0) {
            faults = List.of();
        } else {
            faults = story ? draw.story(scenario.story()) : draw.deck(settings);
        }
        changes.innocent(lengthMs, faults, !story, random.split());
        List<PlannedChange> sorted = changes.written().stream()
                .sorted(Comparator.comparingLong(PlannedChange::timeMs).thenComparing(PlannedChange::id))
                .toList();
        return new Timetable(settings, faults, sorted);
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
                : faults.stream().mapToLong(PlannedFault::endMs).max().orElseThrow() + settings.gapSeconds() * 1000L;
    }
}
