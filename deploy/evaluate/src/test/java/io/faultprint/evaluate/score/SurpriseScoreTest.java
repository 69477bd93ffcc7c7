package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.core.Window;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.evaluate.truth.Fault;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurpriseScoreTest {

    private static final Case CASE = new Case(
            "case",
            List.of(),
            List.of(new Fault(
                    1_000_000,
                    1_060_000,
                    "a",
                    "slow",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of("a", "b"),
                    List.of())));

    @Test
    void aServiceIsShownByAnAbnormalWindowWhileTheFaultLasted() {
        SurpriseScore score = score(
                window("a", 990_000, true, 9),
                window("a", 1_000_000, true, 4),
                window("b", 1_010_000, true, 2),
                window("b", 1_060_000, true, 9));

        assertThat(score.shown()).isEqualTo(new Interval(1, 2));
    }

    @Test
    void healthyWindowsAreThoseOutsideOfFaultsAndTheirRecovery() {
        SurpriseScore score = score(
                window("a", 900_000, true, 1),
                window("z", 900_000, true, 4),
                window("z", 1_359_000, true, 9),
                window("z", 1_360_000, true, 9));

        assertThat(score.alarms()).isEqualTo(new Interval(2, 3));
        assertThat(score.byKind()).isEqualTo(Map.of(SurpriseKind.ERROR_RATE, 2));
    }

    @Test
    void learningAndBlindWindowsCountForNothing() {
        SurpriseScore score = score(window("a", 1_000_000, false, 9), window("z", 900_000, false, 9));

        assertThat(score.shown().hits()).isZero();
        assertThat(score.alarms().of()).isZero();
    }

    private static SurpriseScore score(Window... windows) {
        ReplayResult replay = new ReplayResult(Map.of(), new LossCounters.Loss(0, 0, 0, 0, 0), Map.of(), 0, 0, 0);
        return SurpriseScore.of(CASE, new Said(replay, List.of(), List.of(windows)), 3.5);
    }

    private static Window window(String service, long start, boolean judged, double strength) {
        return new Window(
                service,
                start,
                start + 10_000,
                judged,
                strength,
                0,
                List.of(new Window.Oddity(SurpriseKind.ERROR_RATE, strength, start)),
                List.of());
    }
}
