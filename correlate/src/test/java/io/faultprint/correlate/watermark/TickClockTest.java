package io.faultprint.correlate.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.snapshot.Tick;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TickClockTest {

    private static final long WINDOW = 10;

    private final TickClock clock = new TickClock(2, Map.of());

    @Test
    void nothingIsKnownUntilEverySourceHasTicked() {
        tick(0, 100, true);
        assertThat(clock.upTo()).isEqualTo(PartitionClock.UNKNOWN);

        tick(1, 50, true);
        assertThat(clock.upTo()).isEqualTo(50);
    }

    @Test
    void theSlowestSourceDecidesAndNoneGoesBack() {
        tick(0, 100, true);
        tick(1, 50, true);

        tick(1, 40, true);
        assertThat(clock.upTo()).isEqualTo(50);

        tick(1, 200, true);
        assertThat(clock.upTo()).isEqualTo(100);
    }

    @Test
    void aWindowThatOneSourceClosedBlindIsBlindAndItsNeighboursAreNot() {
        tick(0, 10, true);
        tick(0, 20, false);
        tick(0, 30, true);

        assertThat(clock.covered(0, 10)).isTrue();
        assertThat(clock.covered(10, 20)).isFalse();
        assertThat(clock.covered(20, 30)).isTrue();
    }

    @Test
    void aStretchPassedOverInOneTickIsBlindAsAWhole() {
        tick(0, 10, true);
        tick(0, 500, false);

        assertThat(clock.covered(10, 20)).isFalse();
        assertThat(clock.covered(250, 260)).isFalse();
        assertThat(clock.covered(490, 500)).isFalse();
        assertThat(clock.covered(500, 510)).isTrue();
    }

    @Test
    void theRunIsOverWhenItIsOverForAllAndGoesOnWhenOneGoesOn() {
        clock.tick(tick(0, 10, true, true), WINDOW);
        assertThat(clock.ended()).isFalse();

        clock.tick(tick(1, 10, true, true), WINDOW);
        assertThat(clock.ended()).isTrue();

        clock.tick(tick(1, 20, true, false), WINDOW);
        assertThat(clock.ended()).isFalse();
    }

    @Test
    void aClockFromItsRowsIsTheSame() {
        tick(0, 10, true);
        tick(0, 40, false);
        clock.tick(tick(1, 30, true, true), WINDOW);

        TickClock restored = new TickClock(2, Map.of(0, clock.row(0), 1, clock.row(1)));

        assertThat(restored.upTo()).isEqualTo(30);
        assertThat(restored.covered(20, 30)).isFalse();
        assertThat(restored.ended()).isFalse();
        assertThat(restored.row(0)).isEqualTo(clock.row(0));
        assertThat(restored.row(1)).isEqualTo(clock.row(1));
    }

    @Test
    void aSourceThatHasNotTickedHasNoRow() {
        assertThatThrownBy(() -> clock.row(1)).hasMessageContaining("source 1 has not ticked");
    }

    private void tick(int source, long upTo, boolean covered) {
        clock.tick(tick(source, upTo, covered, false), WINDOW);
    }

    private static Tick tick(int source, long upTo, boolean covered, boolean ended) {
        return new Tick(source, 2, upTo, covered, ended, List.of(), 0, 0, List.of());
    }
}
