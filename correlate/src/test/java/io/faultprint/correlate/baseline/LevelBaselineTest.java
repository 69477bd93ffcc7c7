package io.faultprint.correlate.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.state.LevelRow;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelBaselineTest {

    private static final double FLOOR = 1e-6;
    private static final double TAIL = 3;

    /** A window long after the one last noted, so that nothing of it lasts. */
    private static final int LATER = 1_000_000;

    private static final int LEARNED = 200;

    @ParameterizedTest(name = "mean {0}")
    @ValueSource(doubles = {0, 0.7, 100, 1e9, -40})
    void aHealthyLevelIsHardlyOdderThanTheScoreSays(double mean) {
        Random random = new Random(5);

        Shares shares = shares(10_000, () -> mean + random.nextGaussian() * Math.max(1, Math.abs(mean) / 10));

        assertThat(shares.two).isLessThan(0.015);
        assertThat(shares.three).isLessThan(0.0015);
    }

    @Test
    void aSpikeLikeThoseThatWereLearnedIsHardlySurprising() {
        LevelRow row = null;
        for (int now = 1; now <= LEARNED; now++) {
            row = noted(row, now % 20 == 0 ? 100 : 1 + now % 3, now, -1);
        }

        assertThat(new LevelBaseline(row).judge(90, LATER, FLOOR, TAIL).score()).isLessThan(2);
        assertThat(new LevelBaseline(row).judge(900, LATER, FLOOR, TAIL).score())
                .isGreaterThan(3);
    }

    @Test
    void aConstantIsOrdinaryAndLeavingItIsOdd() {
        LevelBaseline baseline = new LevelBaseline(constant(50, LEARNED));

        assertThat(baseline.judge(50, LATER, FLOOR, TAIL).score()).isZero();
        assertThat(baseline.judge(500, LATER, FLOOR, TAIL).score()).isGreaterThan(2.5);
        assertThat(baseline.judge(0, LATER, FLOOR, TAIL).score()).isGreaterThan(2.5);
        assertThat(baseline.judge(500, LATER, FLOOR, TAIL).up()).isTrue();
        assertThat(baseline.judge(0, LATER, FLOOR, TAIL).up()).isFalse();
    }

    @Test
    void theFartherTheOdder() {
        LevelBaseline baseline = new LevelBaseline(constant(1, LEARNED));

        double before = 0;
        for (double value = 1; value < 1e12; value *= 3) {
            double score = baseline.judge(value, LATER, FLOOR, TAIL).score();
            assertThat(score).isGreaterThanOrEqualTo(before);
            before = score;
        }
    }

    @Test
    void nothingIsJudgedBeforeItIsLearned() {
        LevelBaseline baseline = new LevelBaseline(constant(1, LevelBaseline.LEARNING));

        assertThat(baseline.judge(1_000_000, LATER, FLOOR, TAIL).score()).isZero();
    }

    @Test
    void aChangeBelowTheFloorIsNoSurprise() {
        LevelBaseline baseline = new LevelBaseline(constant(0, LEARNED));

        assertThat(baseline.judge(0.05, LATER, 0.15, TAIL).score()).isLessThan(1);
    }

    @Test
    void aRemarkableWindowTeachesNothing() {
        LevelRow row = constant(50, LEARNED);
        double before = new LevelBaseline(row).judge(500, LATER, FLOOR, TAIL).score();

        int now = LEARNED;
        for (int i = 0; i < 20; i++) {
            now++;
            row = noted(row, 500, now, now);
        }
        for (int i = 0; i < 10; i++) {
            now++;
            row = noted(row, 50, now, LEARNED + 20);
        }

        assertThat(new LevelBaseline(row).judge(500, LATER, FLOOR, TAIL).score())
                .isGreaterThanOrEqualTo(before);
    }

    @Test
    void aLastingNewLevelIsAdoptedInTheEnd() {
        LevelRow row = constant(50, LEARNED);

        int now = LEARNED;
        int odd = -1;
        for (int i = 0; i < 3_000; i++) {
            now++;
            odd = new LevelBaseline(row).judge(500, LATER, FLOOR, TAIL).score() >= 2 ? now : odd;
            row = noted(row, 500, now, odd);
        }

        assertThat(new LevelBaseline(row).judge(500, LATER, FLOOR, TAIL).score())
                .isLessThan(1);
        assertThat(new LevelBaseline(row).judge(50, LATER, FLOOR, TAIL).score()).isGreaterThan(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {Double.MAX_VALUE, -Double.MAX_VALUE, Float.MAX_VALUE, 1e39, Double.MIN_VALUE})
    void numbersAtTheEdgeGiveANumber(double value) {
        LevelRow row = null;
        for (int now = 1; now <= 100; now++) {
            row = noted(row, now % 2 == 0 ? value : -value, now, -1);
        }
        LevelBaseline baseline = new LevelBaseline(row);

        for (double judged : new double[] {0, value, -value, 1}) {
            Oddness odd = baseline.judge(judged, LATER, FLOOR, TAIL);
            assertThat(odd.score()).isBetween(0.0, 300.0);
            assertThat(DoubleStream.of(odd.observed(), odd.expected(), odd.low(), odd.high()))
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void aBaselineFromItsRowBehavesTheSame() {
        Random random = new Random(9);
        LevelBaseline living = new LevelBaseline(null);
        LevelRow row = null;
        for (int now = 1; now <= 137; now++) {
            double value = random.nextGaussian();
            int odd = now >= 90 ? 90 : -1;
            living.note(value, now, odd);
            row = noted(row, value, now, odd);
        }

        assertThat(living.row(137)).isEqualTo(row);
        assertThat(new LevelBaseline(row).judge(2.5, LATER, FLOOR, TAIL))
                .isEqualTo(living.judge(2.5, LATER, FLOOR, TAIL));
    }

    private static LevelRow noted(@Nullable LevelRow row, double value, int now, int odd) {
        LevelBaseline baseline = new LevelBaseline(row);
        baseline.note(value, now, odd);
        return baseline.row(now);
    }

    private static LevelRow constant(double value, int windows) {
        LevelRow row = new LevelBaseline(null).row(0);
        for (int now = 1; now <= windows; now++) {
            row = noted(row, value, now, -1);
        }
        return row;
    }

    private record Shares(double two, double three) {}

    private static Shares shares(int windows, DoubleSupplier values) {
        LevelRow row = null;
        int odd = -1;
        int two = 0;
        int three = 0;
        for (int now = 1; now <= windows; now++) {
            double value = values.getAsDouble();
            LevelBaseline baseline = new LevelBaseline(row);
            double score = baseline.judge(value, now, FLOOR, TAIL).score();
            if (now > LEARNED) {
                two += score >= 2 ? 1 : 0;
                three += score >= 3 ? 1 : 0;
            }
            odd = score >= 2.5 ? now : odd;
            baseline.note(value, now, odd);
            row = baseline.row(now);
        }
        return new Shares(two / (double) (windows - LEARNED), three / (double) (windows - LEARNED));
    }
}
