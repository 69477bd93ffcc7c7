package io.faultprint.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

    private static final long DAY_MS = 86_400_000;
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
}
