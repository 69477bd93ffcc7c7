package io.faultprint.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void roundsThatAgreeGiveTheMedianOfTheirRatios() {
        Comparison close = Comparison.of("a / b", List.of(10.0, 11.0, 21.0), List.of(10.0, 10.0, 20.0));

        assertThat(close.ratios()).containsExactly(1.0, 1.1, 1.05);
        assertThat(close.verdict()).isEqualTo(new Verdict.Ratio(1.05));
        assertThat(close.verdict().words()).isEqualTo("verdict: 1.05");
    }

    @Test
    void aSpreadAboveFifteenPercentGivesNone() {
        assertThat(Verdict.of(List.of(1.0, 1.0, 1.16)).words()).isEqualTo("no verdict: spread 16 %");
        assertThat(Verdict.of(List.of(1.0, 1.0, 1.14))).isEqualTo(new Verdict.Ratio(1.0));
    }

    @Test
    void roundsTooFewToShowASpreadGiveNone() {
        assertThat(Verdict.of(List.of(1.0)).words()).isEqualTo("no verdict: fewer than 3 rounds");
        assertThat(Verdict.of(List.of(1.0, 1.0))).isInstanceOf(Verdict.None.class);
    }

    @Test
    void theSpreadIsTheWholeRangeOverTheMedian() {
        Spread spread = Spread.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertThat(spread).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(spread.relative()).isCloseTo(1.2, within(1e-9));
        assertThat(Spread.of(List.of(7.0)).relative()).isZero();
        assertThat(Spread.of(List.of(0.0, 0.0)).relative()).isZero();
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
