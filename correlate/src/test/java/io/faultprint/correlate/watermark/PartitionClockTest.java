package io.faultprint.correlate.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import org.junit.jupiter.api.Test;

class PartitionClockTest {

    private final PartitionClock clock = new PartitionClock(null);

    @Test
    void beforeTheFirstHeartbeatNothingIsKnown() {
        assertThat(clock.watermark()).isEqualTo(PartitionClock.UNKNOWN);
        assertThat(clock.late(0)).isFalse();
        assertThat(clock.covered(0, 10)).isFalse();
        assertThat(clock.ended()).isFalse();
    }

    @Test
    void itNeverGoesBack() {
        beat("a", 1, 0, 1_000, 0);

        beat("a", 1, 0, 400, 1);

        assertThat(clock.watermark()).isEqualTo(1_000);
        assertThat(clock.row().getDoors().get(0).getWatermark()).isEqualTo(1_000);
    }

    @Test
    void aNewDoorThatIsBehindTakesNothingBackButHoldsUpWhatFollows() {
        beat("a", 1, 0, 1_000, 0);
        beat("b", 1, 0, 300, 1);
        beat("a", 1, 0, 2_000, 2);

        assertThat(clock.watermark()).isEqualTo(1_000);
    }

    @Test
    void theSlowestDoorDecides() {
        beat("a", 1, 0, 1_000, 0);
        beat("b", 1, 0, 1_500, 1);
        beat("a", 1, 0, 9_000, 2);

        assertThat(clock.watermark()).isEqualTo(1_500);
    }

    @Test
    void anEventIsLateWhenItsWindowHasEndedAtTheWatermark() {
        beat("a", 1, 0, 1_000, 0);

        assertThat(clock.late(1_000)).isTrue();
        assertThat(clock.late(1_001)).isFalse();
    }

    @Test
    void aDoorIsDroppedOnlyAfterMoreThanAMinuteOfSilenceByAppendTime() {
        beat("dead", 1, 0, 1_000, 0);

        beat("a", 1, 0, 70_000, 60_000);
        assertThat(clock.watermark()).isEqualTo(1_000);

        beat("a", 1, 0, 70_001, 60_001);
        assertThat(clock.watermark()).isEqualTo(70_001);
        assertThat(clock.row().getDoors()).hasSize(1);
    }

    @Test
    void aLoneDeadDoorStalls() {
        beat("a", 1, 0, 1_000, 0);

        beat("a", 1, 0, 2_000, 3_600_000);

        assertThat(clock.watermark()).isEqualTo(2_000);
        assertThat(clock.row().getDoors()).hasSize(1);
    }

    @Test
    void aRestartedDoorLeavesWhatItMissedBlind() {
        beat("a", 1, 0, 1_000, 0);

        beat("a", 2, 5_000, 4_000, 10);
        beat("a", 2, 5_000, 9_000, 11);

        assertThat(clock.watermark()).isEqualTo(9_000);
        assertThat(clock.covered(0, 1_000)).isTrue();
        assertThat(clock.covered(500, 1_500)).isFalse();
        assertThat(clock.covered(4_000, 5_000)).isFalse();
        assertThat(clock.covered(5_000, 6_000)).isTrue();
    }

    @Test
    void theOldLifeOfADoorIsNotHeard() {
        beat("a", 2, 0, 1_000, 0);

        beat("a", 1, 0, 50_000, 1);

        assertThat(clock.watermark()).isEqualTo(1_000);
    }

    @Test
    void aDoorThatIsDoneHoldsNobodyBack() {
        last("a", 1_000, 0);
        assertThat(clock.ended()).isTrue();

        beat("b", 1, 0, 8_000, 1);

        assertThat(clock.watermark()).isEqualTo(8_000);
        assertThat(clock.ended()).isFalse();
    }

    @Test
    void whenAllAreDoneTheFarthestDoorHasSpoken() {
        beat("b", 1, 0, 1_000, 0);
        last("a", 9_000, 0);
        assertThat(clock.watermark()).isEqualTo(1_000);

        last("b", 2_000, 1);

        assertThat(clock.ended()).isTrue();
        assertThat(clock.watermark()).isEqualTo(9_000);
    }

    @Test
    void aDoorThatComesBackAfterItsEndIsNotDone() {
        last("a", 1_000, 0);

        beat("a", 2, 5_000, 5_000, 1);

        assertThat(clock.ended()).isFalse();
        assertThat(clock.covered(2_000, 3_000)).isFalse();
    }

    @Test
    void whatWasMissedIsNeverTakenForSeenHoweverManyGapsFollow() {
        for (int life = 1; life <= 100; life++) {
            beat("a", life, life * 1_000L, life * 1_000L + 500, life);
        }

        for (int life = 1; life < 100; life++) {
            assertThat(clock.covered(life * 1_000L + 600, life * 1_000L + 700))
                    .as("the gap after life %s", life)
                    .isFalse();
        }
        assertThat(clock.covered(99_100, 99_400)).isTrue();
        assertThat(clock.row().getGaps()).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void gapsThatOverlapAreOneSoThatAnOutageOfManyEpochsPushesNoOtherOut() {
        beat("a", 1, 0, 1_000, 0);
        beat("a", 2, 5_000, 4_000, 1);
        beat("a", 2, 5_000, 90_000, 2);

        for (int life = 3; life <= 100; life++) {
            beat("a", life, 110_000 + life, 90_000 + life, life);
        }

        assertThat(clock.row().getGaps()).hasSize(2);
        assertThat(clock.covered(6_000, 7_000)).isTrue();
        assertThat(clock.covered(109_000, 110_000)).isFalse();
        assertThat(clock.covered(111_000, 112_000)).isTrue();
    }

    @Test
    void aClockFromItsRowGoesOnAsTheSame() {
        beat("a", 1, 500, 1_000, 0);
        beat("b", 3, 700, 2_000, 1);
        beat("b", 4, 2_500, 2_600, 2);

        PartitionClock restored = new PartitionClock(clock.row());
        Heartbeat next = new Heartbeat("a", 1L, 500L, 2_400L, false, false);
        restored.heartbeat(next, 3);
        clock.heartbeat(next, 3);

        assertThat(restored.row()).isEqualTo(clock.row());
        assertThat(restored.watermark()).isEqualTo(clock.watermark()).isEqualTo(2_400);
        assertThat(restored.coveredSince()).isEqualTo(500);
        assertThat(restored.covered(2_000, 2_400)).isFalse();
    }

    @Test
    void aNewClockFromItsRowIsStillNew() {
        PartitionClock restored = new PartitionClock(clock.row());

        assertThat(restored.watermark()).isEqualTo(PartitionClock.UNKNOWN);
        assertThat(restored.coveredSince()).isEqualTo(Long.MAX_VALUE);
    }

    private void beat(String door, long epoch, long coveredFrom, long watermark, long appended) {
        clock.heartbeat(new Heartbeat(door, epoch, coveredFrom, watermark, false, false), appended);
    }

    private void last(String door, long watermark, long appended) {
        clock.heartbeat(new Heartbeat(door, 1L, 0L, watermark, true, false), appended);
    }
}
