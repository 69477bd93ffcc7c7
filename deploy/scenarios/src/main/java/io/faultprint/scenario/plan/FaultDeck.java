package io.faultprint.scenario.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Deals kinds and places. Each round goes through all kinds in a new order, and no kind and place is dealt twice but
 * one: from two faults on, a run has exactly one recurrence, at least one other fault after its first time when there
 * are three or more. A run longer than the pairs of kind and place is cut to what they give.
 */
final class FaultDeck {

    private FaultDeck() {}

    static List<FaultSpec.Placed> draw(Scenario scenario, int count, SplittableRandom random) {
        var dealt = new ArrayList<FaultSpec.Placed>();
        int fresh = count >= 2 ? count - 1 : count;
        var used = new HashSet<String>();
        List<FaultSpec> round = new ArrayList<>();
        int pairs = scenario.faults().stream()
                .mapToInt(each -> each.places().size())
                .sum();
        while (dealt.size() < Math.min(fresh, pairs)) {
            if (round.isEmpty()) {
                round = shuffled(scenario.faults(), random);
            }
            FaultSpec spec = round.remove(round.size() - 1);
            List<String> free = spec.places().stream()
                    .filter(place -> !used.contains(spec.kind() + " " + place))
                    .toList();
            if (!free.isEmpty()) {
                String place = free.get(random.nextInt(free.size()));
                used.add(spec.kind() + " " + place);
                dealt.add(new FaultSpec.Placed(spec, place, false));
            }
        }
        if (count >= 2 && !dealt.isEmpty()) {
            int first = random.nextInt(Math.max(1, dealt.size() - 1));
            int again = dealt.size() == 1 ? 1 : first + 2 + random.nextInt(dealt.size() - first - 1);
            FaultSpec.Placed fault = dealt.get(first);
            dealt.add(again, new FaultSpec.Placed(fault.spec(), fault.service(), true));
        }
        return dealt;
    }

    private static List<FaultSpec> shuffled(List<FaultSpec> specs, SplittableRandom random) {
        var deck = new ArrayList<>(specs);
        for (int i = deck.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            FaultSpec swapped = deck.get(i);
            deck.set(i, deck.get(j));
            deck.set(j, swapped);
        }
        return deck;
    }
}
