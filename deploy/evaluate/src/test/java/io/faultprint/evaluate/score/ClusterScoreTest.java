package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultprint.evaluate.truth.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterScoreTest {

    @Test
    void clustersAreOfTheirCase() {
        ClusterScore score = ClusterScore.of(List.of(
                filed("one", "slow", "c1", true, true),
                filed("one", "slow", "c1", false, false),
                filed("one", "disk", "c1", true, true),
                filed("two", "disk", "c1", true, true)));

        assertThat(score.found()).isEqualTo(4);
        assertThat(score.clusters()).isEqualTo(2);
        assertThat(score.purity()).isCloseTo(3 / 4.0, within(1e-9));
        assertThat(score.falseNovelty()).isEqualTo(new Interval(0, 1));
        assertThat(score.missedNovelty()).isEqualTo(new Interval(0, 3));
    }

    @Test
    void aRepeatCalledNewAndANewOneCalledSeen() {
        ClusterScore score = ClusterScore.of(
                List.of(filed("one", "slow", "c1", false, true), filed("one", "disk", "c2", true, false)));

        assertThat(score.falseNovelty()).isEqualTo(new Interval(1, 1));
        assertThat(score.missedNovelty()).isEqualTo(new Interval(1, 1));
    }

    @Test
    void whatWasNotFoundIsNotJudged() {
        FaultScore missed = new FaultScore(
                "one",
                fault("slow"),
                Optional.empty(),
                false,
                0,
                History.NOWHERE,
                History.NOWHERE,
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                Map.of());

        ClusterScore score = ClusterScore.of(List.of(missed));

        assertThat(score.found()).isZero();
        assertThat(score.purity()).isNaN();
        assertThat(score.missedNovelty().of()).isZero();
    }

    private static FaultScore filed(String caseName, String type, String cluster, boolean first, boolean novel) {
        return new FaultScore(
                caseName,
                fault(type),
                Optional.of(20_000L),
                true,
                1,
                1,
                1,
                Optional.of(cluster),
                novel,
                first,
                Optional.empty(),
                Map.of());
    }

    private static Fault fault(String type) {
        return new Fault(
                0, 1, "a", type, Optional.empty(), Optional.empty(), Optional.empty(), List.of("a"), List.of());
    }
}
