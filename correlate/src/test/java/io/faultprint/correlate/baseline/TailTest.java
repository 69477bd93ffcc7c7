package io.faultprint.correlate.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {

    /** Upper quantiles of Student's t with four degrees of freedom, as printed in statistical tables. */
    @ParameterizedTest(name = "P(T >= {1}) = {0}")
    @CsvSource({
        "0.5,    0",
        "0.25,   0.740697",
        "0.10,   1.533206",
        "0.05,   2.131847",
        "0.025,  2.776445",
        "0.01,   3.746947",
        "0.005,  4.604095",
        "0.001,  7.173182",
        "0.0005, 8.610302"
    })
    void agreesWithTheTables(double probability, double quantile) {
        assertThat(Tail.above(quantile)).isCloseTo(probability, within(probability * 1e-5));
        assertThat(Tail.above(-quantile)).isCloseTo(1 - probability, within(1e-6));
        assertThat(Tail.reached(probability)).isCloseTo(quantile, within(1e-5 * Math.max(1, quantile)));
    }

    @Test
    void farOutItFallsByAPowerLaw() {
        // For large z the tail is 12 / z^4, so ten times as far is ten thousand times as rare.
        assertThat(Tail.above(1e4) / Tail.above(1e5)).isCloseTo(1e4, within(1.0));
        assertThat(Tail.above(1e60)).isPositive();
    }

    @Test
    void aScoreIsMinusTheLogarithmAndNeverNegative() {
        assertThat(Tail.score(0.001)).isCloseTo(3, within(1e-12));
        assertThat(Tail.score(2)).isZero();
        assertThat(Tail.score(0)).isEqualTo(300);
    }
}
