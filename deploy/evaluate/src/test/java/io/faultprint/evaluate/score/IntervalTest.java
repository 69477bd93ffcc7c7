package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

    /** Of Wilson (1927), as published tables have them. */
    @Test
    void wilsonsInterval() {
        assertThat(new Interval(4, 28).low()).isCloseTo(.057, within(.001));
        assertThat(new Interval(4, 28).high()).isCloseTo(.315, within(.001));
        assertThat(new Interval(0, 10).low()).isCloseTo(0, within(1e-9));
        assertThat(new Interval(0, 10).high()).isCloseTo(.278, within(.001));
        assertThat(new Interval(10, 10).high()).isCloseTo(1, within(1e-9));
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(new Interval(0, 0).share()).isNaN();
        assertThat(new Interval(0, 0).low()).isZero();
        assertThat(new Interval(0, 0).high()).isEqualTo(1);
    }
}
