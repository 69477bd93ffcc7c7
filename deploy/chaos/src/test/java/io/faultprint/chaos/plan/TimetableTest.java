package io.faultprint.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theSameSeedGivesTheSameTimetableAndAnotherSeedAnother() {
        List<Planned> first = Timetable.draw(7, HOUR, List.of("all"));

        assertThat(Timetable.draw(7, HOUR, List.of("all"))).isEqualTo(first);
        assertThat(Timetable.draw(8, HOUR, List.of("all"))).isNotEqualTo(first);
    }

    @Test
    void eachFaultComesOnceBeforeAnyComesTwice() {
        List<Planned> timetable = Timetable.draw(3, HOUR, List.of("kill"));

        for (int i = 0; i + 3 <= timetable.size(); i += 3) {
            assertThat(timetable.subList(i, i + 3))
                    .extracting(Planned::fault)
                    .containsExactlyInAnyOrder(Fault.KILL_INGEST, Fault.KILL_CORRELATE, Fault.KILL_DIAGNOSE);
        }
    }

    @Test
    void allFaultsFitIntoTheTimeButTheFirst() {
        for (long seed = 1; seed <= 50; seed++) {
            List<Planned> timetable = Timetable.draw(seed, Duration.ofMinutes(5), List.of("kill", "broker", "store"));

            Duration sum = timetable.stream()
                    .map(planned -> planned.after().plus(planned.lasts()))
                    .reduce(Duration.ZERO, Duration::plus);
            assertThat(sum).isLessThanOrEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void allIsEverythingButWhatNeedsADiskOfItsOwn() {
        assertThat(Fault.of("all"))
                .hasValueSatisfying(all -> assertThat(all)
                        .hasSize(Fault.values().length - 2)
                        .doesNotContain(Fault.BROKER_DISK_FULL, Fault.STATE_DISK_FULL));
    }

    @Test
    void secondsStandBehindAColon() {
        List<Planned> timetable = Timetable.draw(1, HOUR, List.of("store-down:600"));

        assertThat(timetable).allSatisfy(planned -> {
            assertThat(planned.fault()).isEqualTo(Fault.STORE_DOWN);
            assertThat(planned.lasts()).isEqualTo(Duration.ofMinutes(10));
        });
    }

    @Test
    void aWrongWordIsToldWithWhatThereIs() {
        assertThatThrownBy(() -> Timetable.draw(1, HOUR, List.of("kil")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--faults kil: unknown")
                .hasMessageContaining("kill-ingest");
        assertThatThrownBy(() -> Timetable.draw(1, HOUR, List.of("store-down:soon")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("store-down:600");
        assertThatThrownBy(() -> Timetable.draw(1, HOUR, List.of("store-down:-1")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("from 0 to 86400");
    }

    @Test
    void whatFoundNoPlaceIsNamed() {
        List<String> words = List.of("kill-ingest", "store-down:100");

        assertThat(Timetable.leftOut(Timetable.draw(3, Duration.ofMinutes(60), words), words))
                .isEmpty();
        assertThat(Timetable.leftOut(Timetable.draw(3, Duration.ofSeconds(50), words), words))
                .hasSize(1);
    }
}
