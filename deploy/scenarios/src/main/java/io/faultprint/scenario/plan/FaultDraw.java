package io.faultprint.scenario.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws the faults of a run, from the story of the scenario or from its deck, with the changes that belong to them. */
final class FaultDraw {

    private final Scenario scenario;
    private final ChangeWriter changes;
    private final SplittableRandom random;

    FaultDraw(Scenario scenario, ChangeWriter changes, SplittableRandom random) {
        this.scenario = scenario;
        this.changes = changes;
        this.random = random;
    }

    /** One fault after the other, each at once at its full size. */
    List<PlannedFault> deck(Settings settings) {
        var faults = new ArrayList<PlannedFault>();
        long now = settings.learningSeconds() * 1000L + random.nextInt(5000);
        for (FaultSpec.Placed placed : FaultDeck.draw(scenario, settings.faults(), random)) {
            FaultSpec spec = placed.spec();
            // Sizes spread over their range by ratio, since most of them are factors.
            double size = spec.size().drawByRatio(random);
            long duration = settings.faultSeconds() * 1000L;
            PlannedFault fault = planned(spec.kind(), placed.service(), now, 0, duration, size, placed.recurs());
            faults.add(fault);
            long gap = settings.gapSeconds() * 1000L;
            now = fault.endMs() + gap + random.nextLong(gap / 3 + 1);
        }
        return List.copyOf(faults);
    }

    /** Each entry has dice of its own, so that an entry added to a story leaves the others as they were. */
    List<PlannedFault> story(List<StoryEntry> story) {
        var faults = new ArrayList<PlannedFault>();
        Set<String> seen = new HashSet<>();
        for (StoryEntry entry : story) {
            SplittableRandom dice = random.split();
            String place = entry.places().get(dice.nextInt(entry.places().size()));
            double size = entry.size().drawByRatio(dice);
            long onset = Math.round(entry.at().draw(dice));
            long lasts = Math.round(entry.lasts().draw(dice));
            long ramp = Math.min(lasts, Math.round(entry.onset().draw(dice)));
            boolean again = !seen.add(entry.kind() + " " + place);
            PlannedFault fault = planned(entry.kind(), place, onset, ramp, lasts, size, again);
            faults.add(fault);
            if (entry.herring() != null) {
                changes.herring(entry.herring(), fault, dice);
            }
        }
        faults.sort(Comparator.comparingLong(PlannedFault::onsetMs));
        return List.copyOf(faults);
    }

    private PlannedFault planned(
            FaultKind kind, String service, long onset, long ramp, long duration, double size, boolean recurs) {
        List<String> causes = changes.cause(kind, service, onset, onset + duration);
        return new PlannedFault(
                kind,
                service,
                kind.needs().component(scenario, service),
                onset,
                ramp,
                duration,
                size,
                causes,
                recurs,
                visible(kind, service),
                switch (kind) {
                    case ZONE_OUTAGE -> scenario.nodes().zone(service, 0);
                    case NOISY_NEIGHBOUR -> scenario.nodes().of(service, 0);
                    default -> null;
                });
    }

    private List<String> visible(FaultKind kind, String service) {
        boolean shared = kind == FaultKind.ZONE_OUTAGE || kind == FaultKind.NOISY_NEIGHBOUR;
        return shared ? scenario.besides(service, kind == FaultKind.ZONE_OUTAGE) : scenario.callersOf(service);
    }
}
