package io.faultprint.correlate.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultprint.correlate.state.CountRow;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts that hold whatever the constants: they are tuned, these are not. */
class CountBaselineTest {

    private static final int LEARNED = 200;
    private static final double REMARKABLE = 2.5;

    @ParameterizedTest(name = "Poisson, mean {0}")
    @ValueSource(doubles = {0.05, 0.3, 1, 5, 40, 1_000})
    void aHealthyServiceIsAsOddAsTheScoreSays(double mean) {
        Random random = new Random(7);

        Shares shares = shares(6_000, window -> poisson(random, mean));

        assertThat(shares.two).as("windows with a score of 2 and more").isLessThan(0.015);
        assertThat(shares.three).as("windows with a score of 3 and more").isLessThan(0.002);
    }

    @Test
    void aHealthyServiceThatSpeaksInBurstsIsHardlyOdderThanTheScoreSays() {
        Random random = new Random(11);

        // One window in five, then ten lines on average with a long tail.
        Shares shares = shares(
                6_000, window -> random.nextInt(5) > 0 ? 0 : 1 + (long) Math.exp(2.3 + 0.7 * random.nextGaussian()));

        assertThat(shares.two).isLessThan(0.02);
        assertThat(shares.three).isLessThan(0.004);
    }

    @Test
    void aSteadyCountIsOrdinary() {
        CountRow row = steady(20, LEARNED);

        assertThat(new CountBaseline(row, LEARNED).judge(20).score()).isLessThan(0.5);
    }

    @Test
    void aBurstIsOddAndALargerOneIsNotLessOdd() {
        CountBaseline usual = new CountBaseline(steady(3, LEARNED), LEARNED);

        double before = 0;
        for (long count = 3; count < 1_000_000; count *= 2) {
            double score = usual.judge(count).score();
            assertThat(score).as("score of %s", count).isGreaterThanOrEqualTo(before);
            before = score;
        }
        assertThat(usual.judge(300).score()).isGreaterThan(REMARKABLE);
        assertThat(usual.judge(300).up()).isTrue();
    }

    @Test
    void theLongerNothingWasSeenTheOdderTheFirst() {
        double young = new CountBaseline(null, 5).judge(1).score();
        double grown = new CountBaseline(null, 100).judge(1).score();
        double old = new CountBaseline(null, 10_000).judge(1).score();

        assertThat(young).isLessThan(grown);
        assertThat(grown).isLessThan(old);
        assertThat(young).isLessThan(1.5);
        assertThat(grown).isGreaterThan(1.5);
        assertThat(old).isLessThan(4);
    }

    @ParameterizedTest(name = "{0} windows without any")
    @ValueSource(ints = {2, 12, 24, 100, 10_000})
    void whatIsExpectedEndsWhereItGetsOdd(int windows) {
        CountBaseline never = new CountBaseline(null, windows);
        long high = (long) never.judge(1).high();

        assertThat(never.judge(high).score()).isLessThan(1.4);
        assertThat(never.judge(high + 1).score()).isGreaterThan(1.39);
    }

    @Test
    void ofWhatIsRarerThanOddNoneIsExpected() {
        assertThat(new CountBaseline(null, 24).judge(32).high()).isZero();
    }

    @Test
    void silenceIsTheOdderTheMoreRegularTheCountWas() {
        CountBaseline always = new CountBaseline(steady(5, LEARNED), LEARNED);
        CountBaseline never = new CountBaseline(null, LEARNED);

        assertThat(always.judgeSilence(1).score()).isGreaterThan(1.5);
        assertThat(always.judgeSilence(3).score())
                .isGreaterThanOrEqualTo(always.judgeSilence(1).score());
        assertThat(never.judgeSilence(3).score()).isLessThan(0.1);
    }

    @Test
    void learnsLate() {
        CountBaseline baseline = new CountBaseline(null, 0);
        baseline.note(5, 1, -1);

        assertThat(baseline.row().getPresent()).isZero();
        assertThat(baseline.row().getWaiting()).hasSize(1);
    }

    @Test
    void aRemarkableWindowTeachesNothing() {
        CountRow row = steady(5, LEARNED);
        double before = new CountBaseline(row, LEARNED).judge(500).score();

        int now = LEARNED;
        for (int i = 0; i < 10; i++) {
            now++;
            row = noted(row, now - 1, 500, now, now);
        }
        for (int i = 0; i < 20; i++) {
            now++;
            row = noted(row, now - 1, 5, now, LEARNED + 10);
        }

        assertThat(new CountBaseline(row, now).judge(500).score()).isGreaterThan(before * 0.9);
    }

    @Test
    void aRemarkableWindowTeachesNothingEvenWhenTheNextComesLongAfter() {
        // Trouble in windows 101 to 103, and again in 300: in between the subject is not met at all.
        CountRow row = new CountBaseline(null, 100).row();
        for (int now = 101; now <= 103; now++) {
            row = noted(row, now - 1, 50, now, now);
        }

        row = noted(row, 299, 50, 300, 300);
        row = noted(row, 309, 50, 310, 310);

        assertThat(row.getPresent()).isZero();
        assertThat(new CountBaseline(row, 310).judge(50).score())
                .isGreaterThan(new CountBaseline(null, 100).judge(50).score());
    }

    @Test
    void whatCameJustBeforeTroubleIsNotLearned() {
        CountRow row = new CountBaseline(null, 100).row();
        row = noted(row, 100, 7, 101, -1);
        row = noted(row, 101, 50, 102, 102);

        row = noted(row, 399, 7, 400, 102);

        assertThat(row.getPresent()).isZero();
    }

    @Test
    void aLastingNewLevelIsAdoptedInTheEnd() {
        CountRow row = steady(2, LEARNED);
        assertThat(new CountBaseline(row, LEARNED).judge(400).score()).isGreaterThan(2);

        int now = LEARNED;
        int odd = -1;
        for (int i = 0; i < 3_000; i++) {
            now++;
            double score = new CountBaseline(row, now - 1).judge(400).score();
            odd = score >= 2 ? now : odd;
            row = noted(row, now - 1, 400, now, odd);
        }

        assertThat(new CountBaseline(row, now).judge(400).score()).isLessThan(1);
    }

    @Test
    void aBaselineFromItsRowBehavesTheSame() {
        Random random = new Random(3);
        CountBaseline living = new CountBaseline(null, 0);
        CountRow row = null;
        for (int now = 1; now <= 500; now++) {
            long count = 1 + poisson(random, 4);
            int odd = now > 250 ? 250 : -1;
            living.note(count, now, odd);
            row = noted(row, now - 1, count, now, odd);
        }

        CountBaseline restored = new CountBaseline(row, 500);
        assertThat(restored.judge(9).score()).isCloseTo(living.judge(9).score(), within(1e-3));
        assertThat(restored.presence()).isCloseTo(living.presence(), within(1e-6));
    }

    private static CountRow noted(@Nullable CountRow row, int before, long count, int now, int odd) {
        CountBaseline baseline = new CountBaseline(row, before);
        baseline.note(count, now, odd);
        return baseline.row();
    }

    private static CountRow steady(long count, int windows) {
        CountRow row = new CountBaseline(null, 0).row();
        for (int now = 1; now <= windows; now++) {
            row = noted(row, now - 1, count, now, -1);
        }
        return row;
    }

    private record Shares(double two, double three) {}

    /** Lives through windows as a service does: judged, then noted, remarkable ones marked once it has learned a little. */
    private static Shares shares(int windows, IntToLongFunction counts) {
        CountRow row = null;
        int odd = -1;
        int two = 0;
        int three = 0;
        for (int now = 1; now <= windows; now++) {
            long count = counts.applyAsLong(now);
            if (count == 0) {
                continue;
            }
            CountBaseline baseline = new CountBaseline(row, now - 1);
            double score = baseline.judge(count).score();
            if (now > LEARNED) {
                two += score >= 2 ? 1 : 0;
                three += score >= 3 ? 1 : 0;
            }
            odd = now > 12 && score >= REMARKABLE ? now : odd;
            baseline.note(count, now, odd);
            row = baseline.row();
        }
        return new Shares(two / (double) (windows - LEARNED), three / (double) (windows - LEARNED));
    }

    private static long poisson(Random random, double mean) {
        if (mean > 100) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
