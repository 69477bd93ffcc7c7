package io.faultprint.ingest.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long T = 1_700_000_000_000L;

    @Test
    void whoIsBehindHasComeAsFarAsTheRecordsOwnTime() {
        Progress progress = new Progress(10, T, Progress.UNKNOWN);
        progress.end(1_000, T + 3_600_000);

        progress.taken(20, T + 1_000, T + 3_600_000);

        assertThat(progress.note()).isEqualTo(new ProgressNote(T, T + 1_000));
        assertThat(progress.lag()).isEqualTo(980);
    }

    @Test
    void whoReachesTheEndHasComeAsFarAsTheMomentWhenItWasTheEnd() {
        Progress progress = new Progress(10, T, Progress.UNKNOWN);
        progress.end(20, T + 500_000);
        progress.end(25, T + 501_000);

        progress.taken(20, T + 1_000, T + 502_000);

        assertThat(progress.note().reached()).isEqualTo(T + 500_000);
    }

    @Test
    void whoWaitsForRecordsGoesOnWithTheClockAndOnlyWithAnAnswer() {
        Progress progress = new Progress(10, T, T);
        progress.end(10, T + 1_000);
        assertThat(progress.note().reached()).isEqualTo(T + 1_000);

        progress.at(10);

        assertThat(progress.note().reached()).isEqualTo(T + 1_000);
    }

    @Test
    void anOpenTransactionOfTheirsHoldsItBack() {
        Progress progress = new Progress(10, T, T);

        progress.end(15, T + 60_000);
        progress.at(10);
        assertThat(progress.note().reached()).isEqualTo(T);

        progress.at(15);
        assertThat(progress.note().reached()).isEqualTo(T + 60_000);
    }

    @Test
    void oneClockAheadAmongOthersAndARecordOfTheFutureMoveNothing() {
        Progress progress = new Progress(0, T, Progress.UNKNOWN);

        progress.taken(5, T + 100, T + 10_000);
        progress.taken(6, T + 900_000, T + 10_000);

        assertThat(progress.note().reached()).isEqualTo(T + 10_000);
    }

    @Test
    void itNeverGoesBack() {
        Progress progress = new Progress(0, T, T + 5_000);

        progress.taken(5, T - 100_000, T + 10_000);

        assertThat(progress.note()).isEqualTo(new ProgressNote(T, T + 5_000));
    }

    @Test
    void whatWasDeletedUnreadIsAGap() {
        Progress progress = new Progress(0, T, T + 5_000);

        progress.lost(100);
        assertThat(progress.note().known()).isFalse();
        progress.taken(101, T + 70_000, T + 90_000);

        assertThat(progress.note()).isEqualTo(new ProgressNote(T + 70_000, T + 70_000));
    }

    @Test
    void aNoteIsReadAsItWasWrittenAndAnyOtherTextIsNone() {
        ProgressNote note = new ProgressNote(T, T + 1);

        assertThat(ProgressNote.of(note.text())).isEqualTo(note);
        assertThat(ProgressNote.of(ProgressNote.NONE.text())).isEqualTo(ProgressNote.NONE);
        for (String other : new String[] {null, "", "faultprint-1 5", "faultprint-1 9999999999999999999 1", "x"}) {
            assertThat(ProgressNote.of(other)).isEqualTo(ProgressNote.NONE);
        }
    }

    @Test
    void theLeastPartitionSpeaksForTheTopicAndAnUnknownOneHoldsTheLastWord() {
        Promise promise = new Promise("kafka:t", 15_000);
        assertThat(promise.word(List.of(new ProgressNote(T, T + 50_000), ProgressNote.NONE)))
                .isNull();

        Heartbeat first = promise.word(List.of(new ProgressNote(T, T + 50_000), new ProgressNote(T - 9, T + 20_000)));
        assertThat(first).isEqualTo(new Heartbeat("kafka:t", T, T, T + 5_000, false, false));
        promise.said(Objects.requireNonNull(first));
        assertThat(promise.word(List.of(new ProgressNote(T, T + 90_000), ProgressNote.NONE)))
                .isEqualTo(first);
        assertThat(promise.word(List.of(new ProgressNote(T, T + 1_000)))).isEqualTo(first);
    }

    @Test
    void aGapBeginsAnotherEpoch() {
        Promise promise = new Promise("kafka:t", 15_000);
        promise.said(Objects.requireNonNull(promise.word(List.of(new ProgressNote(T, T + 50_000)))));

        assertThat(promise.word(List.of(new ProgressNote(T + 70_000, T + 80_000))))
                .isEqualTo(new Heartbeat("kafka:t", T + 70_000, T + 70_000, T + 65_000, false, false));
    }

    @Test
    void aWordThatIsNotCommittedBindsNobody() {
        Promise promise = new Promise("kafka:t", 15_000);
        Heartbeat aborted = Objects.requireNonNull(promise.word(List.of(new ProgressNote(T, T + 500_000))));

        Heartbeat again = Objects.requireNonNull(promise.word(List.of(new ProgressNote(T, T + 40_000))));

        assertThat(aborted.getWatermark()).isEqualTo(T + 485_000);
        assertThat(again.getWatermark()).isEqualTo(T + 25_000);
        assertThat(promise.last()).isNull();
    }

    @Test
    void aPartitionThatNeverHeldARecordHidesNothingOfTheOthers() {
        Progress empty = new Progress(0, Progress.UNKNOWN, Progress.UNKNOWN);
        Progress emptied = new Progress(7, Progress.UNKNOWN, Progress.UNKNOWN);
        Promise promise = new Promise("kafka:t", 15_000);

        empty.end(0, T + 3_600_000);
        emptied.end(7, T + 3_600_000);

        assertThat(promise.word(List.of(new ProgressNote(T, T + 20_000), empty.note())))
                .isEqualTo(new Heartbeat("kafka:t", T, T, T + 5_000, false, false));
        assertThat(emptied.note()).isEqualTo(new ProgressNote(T + 3_600_000, T + 3_600_000));
        assertThat(promise.word(List.of(empty.note())))
                .isEqualTo(new Heartbeat("kafka:t", T + 3_600_000, T + 3_600_000, T + 3_585_000, false, false));
    }
}
