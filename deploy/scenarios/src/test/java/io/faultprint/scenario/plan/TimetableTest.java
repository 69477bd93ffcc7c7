package io.faultprint.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

    private static final long DAY_MS = 86_400_000;
    private static final String STORY = """
            base: shop
            scenario: two
            about: A slow database, and a saturated service while it is slow.
            minutes: 20
            story:
              - kind: slow-database
                places: [orders, customers]
                size: [60, 90]
                at: [11m, 14m]
                lasts: 5m
                onset: [0s, 3m]
                herring: deploy
              - {kind: cpu-saturation, places: [search], size: [25, 30], at: [14m, 15m], lasts: 3m}
            """;
    private final Scenario shop = Scenario.shop();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 9, 20})
    void exactlyOneKindAndPlaceRecurs(int count) {
        for (long seed = 0; seed < 50; seed++) {
            List<PlannedFault> faults = Timetable.draw(shop, new Settings(seed, 60, 30, 20, count, 0), DAY_MS)
                    .faults();

            assertThat(faults).hasSize(count);
            var seen = new HashSet<String>();
            List<PlannedFault> again = faults.stream()
                    .filter(fault -> !seen.add(fault.kind() + " " + fault.service()))
                    .toList();
            assertThat(again).hasSize(1);
            assertThat(again.get(0).recurs()).isTrue();
        }
    }

    @Test
    void faultsWaitForTheLearningTimeAndNeverOverlap() {
        List<PlannedFault> faults =
                Timetable.draw(shop, new Settings(5, 90, 45, 30, 12, 0), DAY_MS).faults();

        assertThat(faults.get(0).onsetMs()).isGreaterThanOrEqualTo(90_000);
        for (int i = 1; i < faults.size(); i++) {
            assertThat(faults.get(i).onsetMs())
                    .isGreaterThanOrEqualTo(faults.get(i - 1).endMs() + 30_000);
        }
    }

    @Test
    void aChangeThatHarmsComesBeforeItsHarm() {
        Timetable timetable = Timetable.draw(shop, new Settings(3, 90, 45, 30, 20, 0), DAY_MS);

        List<PlannedFault> caused = timetable.faults().stream()
                .filter(fault -> fault.changeId() != null)
                .toList();

        assertThat(caused).isNotEmpty();
        for (PlannedFault fault : caused) {
            PlannedChange change = timetable.changes().stream()
                    .filter(each -> each.id().equals(fault.changeId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(change.service()).isEqualTo(fault.service());
            assertThat(change.timeMs()).isBetween(fault.onsetMs() - 10_000, fault.onsetMs());
        }
    }

    @Test
    void everythingThatIsFilledInEndsInTime() {
        for (int minutes = 10; minutes < 200; minutes += 7) {
            Timetable all = Timetable.draw(shop, Settings.filling(minutes, minutes, true), minutes * 60_000L);

            assertThat(all.until(minutes * 60_000L).faults()).isEqualTo(all.faults());
        }
    }

    @Test
    void aHealthyRunStillHasChanges() {
        Timetable timetable = Timetable.draw(shop, Settings.filling(1, 30, false), 1_800_000);

        assertThat(timetable.faults()).isEmpty();
        assertThat(timetable.changes()).isNotEmpty();
    }

    @Test
    void aStoryIsDrawnFromItsRangesAndDiffersFromSeedToSeed() {
        Scenario story = ScenarioReader.parse("story/scenario.yaml", STORY.getBytes(StandardCharsets.UTF_8));
        var places = new HashSet<String>();
        var onsets = new HashSet<Long>();
        for (long seed = 0; seed < 40; seed++) {
            Timetable timetable = Timetable.draw(story, Settings.of(seed), story.minutes() * 60_000L);

            assertThat(timetable.faults()).hasSize(2);
            PlannedFault slow = timetable.faults().get(0);
            assertThat(slow.onsetMs()).isBetween(660_000L, 840_000L);
            assertThat(slow.rampMs()).isBetween(0L, 180_000L);
            assertThat(slow.size()).isBetween(60.0, 90.0);
            assertThat(timetable.faults().get(1).onsetMs()).isBetween(slow.onsetMs(), slow.endMs());
            assertThat(timetable.changes()).anySatisfy(change -> {
                assertThat(change.kind()).isEqualTo("deploy");
                assertThat(change.service()).isNotEqualTo(slow.service());
                assertThat(slow.onsetMs() - change.timeMs()).isBetween(60_000L, 180_000L);
            });
            places.add(slow.service());
            onsets.add(slow.onsetMs());
        }
        assertThat(places).containsExactlyInAnyOrder("orders", "customers");
        assertThat(onsets).hasSizeGreaterThan(30);
    }

    @Test
    void aHealthyRunOfAStoryHasNoFaults() {
        Scenario story = ScenarioReader.parse("story/scenario.yaml", STORY.getBytes(StandardCharsets.UTF_8));

        assertThat(Timetable.draw(story, new Settings(1, 0, 1, 0, 0, 0), 1_200_000)
                        .faults())
                .isEmpty();
    }

    @Test
    void aFaultGrowsLinearlyToItsFullSize() {
        var fault = new PlannedFault(
                FaultKind.CPU_SATURATION, "search", null, 1000, 2000, 9000, 5, List.of(), false, List.of(), null);

        assertThat(List.of(0L, 1000L, 2000L, 3000L, 9000L)).map(fault::level).containsExactly(0.0, 0.0, 0.5, 1.0, 1.0);
    }
}
