package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingScoreTest {

    @Test
    void namesDoNotCount() {
        GroupingScore score = GroupingScore.of(List.of("a", "a", "b", "c"), List.of("1", "1", "2", "3"));

        assertThat(score.ga()).isEqualTo(1);
        assertThat(score.fga()).isEqualTo(1);
        assertThat(score.ari()).isEqualTo(1);
    }

    /** One line astray spoils both groups that it is of: GA asks for whole groups. */
    @Test
    void oneLineAstraySpoilsTwoGroups() {
        GroupingScore score =
                GroupingScore.of(List.of("a", "a", "a", "b", "b", "c"), List.of("1", "1", "2", "2", "2", "3"));

        assertThat(score.ga()).isCloseTo(1 / 6.0, within(1e-9));
        assertThat(score.fga()).isCloseTo(1 / 3.0, within(1e-9));
        // Pairs together in both: 2; in truth 4, as said 4, of 15: (2 - 16/15) / (4 - 16/15).
        assertThat(score.ari()).isCloseTo(14 / 44.0, within(1e-9));
    }

    @Test
    void allInOneGroupIsWorthNothing() {
        GroupingScore score = GroupingScore.of(List.of("a", "a", "b", "b"), List.of("1", "1", "1", "1"));

        assertThat(score.ga()).isZero();
        assertThat(score.fga()).isZero();
        assertThat(score.ari()).isZero();
    }
}
